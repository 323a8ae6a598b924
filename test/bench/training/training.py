# PyTorch's side of `npm run bench -- training`: one JSON line of {seconds, cpu, peak_mb, loss} for each line
# of standard input, which holds the number of steps to make.
import json
import resource
import sys
import time

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

BATCH, ROWS, TOKENS, VOCABULARY = 64, 1024, 100, 25_000


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.fc1 = nn.Linear(64 * 8 * 8, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = nn.functional.max_pool2d(torch.relu(self.conv1(x)), 2)
        x = nn.functional.max_pool2d(torch.relu(self.conv2(x)), 2)
        return self.fc2(torch.relu(self.fc1(x.flatten(1))))


class BiLstm(nn.Module):
    def __init__(self, units):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, 100, padding_idx=0)
        self.rnn = nn.LSTM(100, units, num_layers=2, bidirectional=True, dropout=0.5, batch_first=True)
        self.fc = nn.Linear(2 * units, 2)
        self.dropout = nn.Dropout(0.5)

    def forward(self, tokens):
        lengths = (tokens != 0).sum(1)
        embedded = self.dropout(self.embedding(tokens))
        packed = pack_padded_sequence(embedded, lengths, batch_first=True, enforce_sorted=False)
        _, (hidden, _) = self.rnn(packed)
        return self.fc(self.dropout(torch.cat((hidden[-2], hidden[-1]), 1)))


def build(name):
    if name == "mlp":
        model = nn.Sequential(
            nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 10)
        )
        return model, torch.rand(ROWS, 784), 10
    if name == "cnn":
        return Cnn(), torch.rand(ROWS, 3, 32, 32) - 0.5, 10
    if name == "cnn-channels-last":
        model = Cnn().to(memory_format=torch.channels_last)
        return model, (torch.rand(ROWS, 3, 32, 32) - 0.5).to(memory_format=torch.channels_last), 10
    return BiLstm(int(name[len("bilstm") :])), torch.randint(1, VOCABULARY, (ROWS, TOKENS)), 2


def main():
    torch.manual_seed(0)
    torch.set_num_threads(int(sys.argv[2]))
    model, inputs, classes = build(sys.argv[1])
    labels = torch.arange(ROWS) % classes
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    criterion = nn.CrossEntropyLoss()
    at = 0
    for line in sys.stdin:
        begin, cpu = time.perf_counter(), time.process_time()
        for _ in range(int(line)):
            rows = torch.arange(at, at + BATCH)
            at = (at + BATCH) % ROWS
            optimizer.zero_grad()
            loss = criterion(model(inputs[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            value = loss.item()
        answer = {
            "seconds": time.perf_counter() - begin,
            "cpu": time.process_time() - cpu,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "loss": value,
        }
        print(json.dumps(answer), flush=True)


main()
