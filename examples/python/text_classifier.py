"""Sentiment of short made-up reviews with a bidirectional LSTM. Needs PyTorch."""

import random

import torch
import torch.nn as nn
import torch.optim as optim

GOOD = ["good", "great", "lovely", "fun", "warm"]
BAD = ["bad", "dull", "cold", "poor", "sad"]
FILLER = ["the", "film", "was", "very", "rather", "plot", "and", "music"]
WORDS = ["<pad>", *GOOD, *BAD, *FILLER]
LENGTH = 12


class ReviewNet(nn.Module):
    def __init__(self, vocabulary_size, embedding_size, hidden_size, layers, dropout):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary_size, embedding_size, padding_idx=0)
        self.rnn = nn.LSTM(
            embedding_size,
            hidden_size,
            num_layers=layers,
            bidirectional=True,
            dropout=dropout,
            batch_first=True,
        )
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(hidden_size * 2, 1)

    def forward(self, tokens):
        embedded = self.dropout(self.embedding(tokens))
        _, (hidden, _) = self.rnn(embedded)
        both_ends = torch.cat((hidden[-2], hidden[-1]), dim=1)
        return self.output(self.dropout(both_ends)).squeeze(1)


def make_reviews(count, seed):
    draw = random.Random(seed)
    reviews, labels = [], []
    for _ in range(count):
        label = draw.random() < 0.5
        words = draw.choices(FILLER, k=LENGTH - 2) + draw.choices(GOOD if label else BAD, k=2)
        draw.shuffle(words)
        reviews.append([WORDS.index(word) for word in words])
        labels.append(float(label))
    return torch.tensor(reviews), torch.tensor(labels)


def main():
    torch.manual_seed(0)
    train_reviews, train_labels = make_reviews(512, seed=1)
    test_reviews, test_labels = make_reviews(256, seed=2)

    model = ReviewNet(len(WORDS), embedding_size=16, hidden_size=24, layers=2, dropout=0.5)
    optimizer = optim.Adam(model.parameters())
    criterion = nn.BCEWithLogitsLoss()

    for epoch in range(15):
        model.train()
        for start in range(0, len(train_labels), 64):
            batch = slice(start, start + 64)
            optimizer.zero_grad()
            loss = criterion(model(train_reviews[batch]), train_labels[batch])
            loss.backward()
            optimizer.step()

    model.eval()
    with torch.no_grad():
        predicted = model(test_reviews) > 0
    print("test accuracy:", (predicted == (test_labels > 0.5)).float().mean().item())


if __name__ == "__main__":
    main()
