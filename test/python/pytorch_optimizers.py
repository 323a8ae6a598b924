"""Trains a small network by PyTorch's own optimizers in binary64: JSON in, JSON out."""
import json
import math
import sys

import torch
from torch.optim import lr_scheduler

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def forward(w, x):
    hidden = torch.relu(x @ w["fc1.weight"] + w["fc1.bias"])
    return hidden @ w["fc2.weight"] + w["fc2.bias"]


def groups(weights, decay):
    """The decay falls on weights and not on biases."""
    named = {True: [], False: []}
    for name, value in weights.items():
        named[name.endswith("weight")].append(value)
    return [{"params": named[True], "weight_decay": decay}, {"params": named[False], "weight_decay": 0.0}]


def optimizer_of(weights, given):
    name, lr = given["optimizer"], given["learning_rate"]
    momentum = given.get("momentum", 0)
    params = groups(weights, given.get("decay", 0.0))
    if name in ("adam", "adamw"):
        return {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}[name](params, lr=lr)
    return torch.optim.SGD(params, lr=lr, momentum=momentum, nesterov=name == "nesterov")


def scheduler_of(optimizer, given, steps, per_epoch):
    schedule = given.get("schedule", {"type": "constant"})
    warmup, kind = schedule.get("warmup", 0), schedule["type"]
    final = schedule.get("final", 0)
    if kind == "step":
        main = lr_scheduler.StepLR(optimizer, schedule["every"] * per_epoch, schedule["factor"])
    elif kind == "exponential":
        main = lr_scheduler.ExponentialLR(optimizer, schedule["factor"])
    elif kind == "linear":
        main = lr_scheduler.LinearLR(optimizer, 1.0, final, total_iters=steps - warmup)
    elif kind == "cosine":
        low = final * given["learning_rate"]
        main = lr_scheduler.CosineAnnealingLR(optimizer, steps - warmup, eta_min=low)
    else:
        main = lr_scheduler.ConstantLR(optimizer, 1.0)
    if warmup == 0:
        return main
    rise = lr_scheduler.LinearLR(optimizer, 1 / warmup, 1.0, total_iters=warmup - 1)
    return lr_scheduler.SequentialLR(optimizer, [rise, main], [warmup])


def clip(weights, given):
    if given.get("clip") == "global_norm":
        torch.nn.utils.clip_grad_norm_(list(weights.values()), given["limit"])
    if given.get("clip") == "value":
        torch.nn.utils.clip_grad_value_(list(weights.values()), given["limit"])


class Fista:
    """The recursion of Beck & Teboulle with the gradient restart; PyTorch has no such optimizer."""

    def __init__(self, weights, lr):
        self.weights, self.theta, self.beta = list(weights.values()), 1.0, 0.0
        self.param_groups = [{"lr": lr}]
        self.last = [torch.zeros_like(w) for w in self.weights]

    @torch.no_grad()
    def look_ahead(self):
        for w, last in zip(self.weights, self.last):
            x = w.clone()
            w += self.beta * (x - last)
            last.copy_(x)

    @torch.no_grad()
    def step(self):
        against = 0.0
        for w, last in zip(self.weights, self.last):
            y = w.clone()
            w -= self.param_groups[0]["lr"] * w.grad
            against += ((y - w) * (w - last)).sum().item()
        after = (1 + math.sqrt(1 + 4 * self.theta**2)) / 2
        self.beta, self.theta = (0.0, 1.0) if against > 0 else ((self.theta - 1) / after, after)


def train(given, shared):
    weights = {
        name: torch.tensor(value, dtype=torch.float64, requires_grad=True)
        for name, value in shared["weights"].items()
    }
    inputs = torch.tensor(shared["inputs"], dtype=torch.float64)
    labels = torch.tensor(shared["labels"])
    batches = shared["batches"][given["batches"]]
    fista = Fista(weights, given["learning_rate"]) if given["optimizer"] == "fista" else None
    optimizer = fista or optimizer_of(weights, given)
    steps, per_epoch = len(batches), given["per_epoch"]
    scheduler = None if fista else scheduler_of(optimizer, given, steps, per_epoch)
    by_epoch = given.get("schedule", {}).get("type") == "exponential"
    losses, rates = [], []
    for step, rows in enumerate(batches, 1):
        if fista:
            fista.look_ahead()
        loss = torch.nn.functional.cross_entropy(forward(weights, inputs[rows]), labels[rows])
        penalty = sum((w**2).sum() for name, w in weights.items() if name.endswith("weight"))
        for w in weights.values():
            w.grad = None
        (loss + given.get("l2", 0.0) / 2 * penalty).backward()
        losses.append(loss.item())
        rates.append(optimizer.param_groups[0]["lr"])
        clip(weights, given)
        optimizer.step()
        if scheduler and (not by_epoch or step % per_epoch == 0):
            scheduler.step()
    ends = {name: w.detach().flatten().tolist() for name, w in weights.items()}
    return {"losses": losses, "rates": rates, "weights": ends}


given = json.load(sys.stdin)
json.dump([train(case, given) for case in given["cases"]], sys.stdout)
