"""Learned temperatures and biases in PyTorch's loop, binary64: JSON in, JSON out."""
import json
import math
import sys

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def info_nce(cosines, scale, _bias):
    logits, partner = cosines * scale.exp(), torch.arange(len(cosines))
    return (F.cross_entropy(logits, partner) + F.cross_entropy(logits.T, partner)) / 2


def sigmoid(cosines, scale, bias):
    sign = 2 * torch.eye(len(cosines)) - 1
    return -F.logsigmoid(sign * (cosines * scale.exp() + bias)).sum() / len(cosines)


def train(case):
    a, b = (F.normalize(torch.tensor(case[side])) for side in ("a", "b"))
    scale = torch.nn.Parameter(torch.tensor(-math.log(case["temperature"])))
    bias = torch.nn.Parameter(torch.tensor(float(case.get("bias", 0))))
    optimizer = torch.optim.AdamW([scale, bias], lr=case["learning_rate"], weight_decay=0)
    scales, biases = [], []
    for _ in range(case["steps"]):
        optimizer.zero_grad()
        globals()[case["loss"]](a @ b.T, scale, bias).backward()
        optimizer.step()
        if case["loss"] == "info_nce":
            with torch.no_grad():
                scale.clamp_(max=math.log(100))
        scales.append(scale.item())
        biases.append(bias.item())
    return {"scales": scales, "biases": biases}


json.dump([train(case) for case in json.load(sys.stdin)], sys.stdout)
