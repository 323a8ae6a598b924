"""Networks of PyTorch's own layers with given weights, in binary64: JSON in, JSON out."""
import json
import sys

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def dense(w, name, x):
    return F.linear(x, w[f"{name}.weight"].T, w[f"{name}.bias"])


def dense_layers(w, x):
    names = sorted(name[:-7] for name in w if name.startswith("fc") and name.endswith("weight"))
    for name in names[:-1]:
        x = F.relu(dense(w, name, x))
    return dense(w, names[-1], x)


def mlp(w, x):
    return dense_layers(w, x.flatten(1))


def cnn(w, x):
    """Images come as [rows, height, width, channels], and go to the dense layers so."""
    maps = (x - 0.5).reshape(*x.shape[:3], -1).permute(0, 3, 1, 2)
    for name in sorted(name[:-7] for name in w if name.startswith("conv") and name.endswith("weight")):
        kernel = w[f"{name}.weight"].permute(3, 2, 0, 1)
        maps = F.max_pool2d(F.relu(F.conv2d(maps, kernel, w[f"{name}.bias"], padding=1)), 2)
    return dense_layers(w, maps.permute(0, 2, 3, 1).flatten(1))


def bilstm(w, tokens):
    """nn.LSTM on packed rows; it cannot read a row without tokens, whose states are 0."""
    tokens = tokens.long()
    lengths = ((tokens != 0) * torch.arange(1, tokens.shape[1] + 1)).amax(1)
    there = lengths > 0
    width, units = w["embedding.weight"].shape[1], w["lstm.layer0.forward.weight_hh"].shape[0]
    layers = sum(name.endswith("forward.bias") for name in w)
    module = nn.LSTM(width, units, layers, batch_first=True, bidirectional=True)
    given = {}
    for layer in range(layers):
        for way, suffix in (("forward", ""), ("backward", "_reverse")):
            own = f"lstm.layer{layer}.{way}"
            given[f"weight_ih_l{layer}{suffix}"] = w[f"{own}.weight_ih"].T
            given[f"weight_hh_l{layer}{suffix}"] = w[f"{own}.weight_hh"].T
            given[f"bias_ih_l{layer}{suffix}"] = w[f"{own}.bias"]
            given[f"bias_hh_l{layer}{suffix}"] = torch.zeros(4 * units)
    embedded = F.embedding(tokens[there], w["embedding.weight"])
    packed = pack_padded_sequence(embedded, lengths[there], batch_first=True, enforce_sorted=False)
    _, (hidden, _) = torch.func.functional_call(module, given, (packed,))
    states = torch.zeros(len(tokens), 2 * units)
    states = states.index_put((there.nonzero().flatten(),), torch.cat((hidden[-2], hidden[-1]), 1))
    return dense(w, "fc", states)


def run(case):
    weights = {
        name: torch.tensor(value, dtype=torch.float64, requires_grad=True)
        for name, value in case["weights"].items()
    }
    inputs = torch.tensor(case["inputs"], dtype=torch.float64)
    output = globals()[case["model"]](weights, inputs)
    (output * torch.tensor(case["factors"])).sum().backward()
    gradients = {name: w.grad.flatten().tolist() for name, w in weights.items()}
    return {"output": output.flatten().tolist(), "gradients": gradients}


json.dump([run(case) for case in json.load(sys.stdin)], sys.stdout)
