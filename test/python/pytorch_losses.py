"""Losses of PyTorch in binary64, with their gradients: JSON in, JSON out."""
import json
import sys

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def per_row(name, output, target):
    """[rows]; `target` is one-hot for losses of classes."""
    sign = 2 * target - 1
    if name == "cross_entropy":
        return F.cross_entropy(output, target.argmax(1), reduction="none")
    if name == "logistic":
        return F.binary_cross_entropy_with_logits(output, target, reduction="none").sum(1)
    if name == "hinge":
        # For targets of -1 this is max(0, margin - x).
        margin = F.hinge_embedding_loss(sign * output, -torch.ones_like(output), reduction="none")
        return margin.sum(1)
    if name == "huber":
        return F.huber_loss(output, target, reduction="none").sum(1)
    if name == "mse":
        return F.mse_loss(output, target, reduction="none").sum(1)
    return F.mse_loss(output, target, reduction="none").sum(1) / 2


def info_nce(a, b, given):
    logits = a @ b.T / given["temperature"]
    partner = torch.arange(len(a))
    return (F.cross_entropy(logits, partner) + F.cross_entropy(logits.T, partner)) / 2


def sigmoid(a, b, given):
    sign = 2 * torch.eye(len(a)) - 1
    logits = a @ b.T / given["temperature"] + given["bias"]
    return -F.logsigmoid(sign * logits).sum() / len(a)


def triplet(a, b, given):
    """The mean over the triplets that `mining` leaves, both ways."""
    return (one_way(a, b, given) + one_way(b, a, given)) / 2


def one_way(anchors, others, given):
    margin, mining = given["margin"], given["mining"]
    losses = []
    for i, anchor in enumerate(anchors):
        rest = [j for j in range(len(others)) if j != i]
        with torch.no_grad():
            own = F.pairwise_distance(anchor, others[i])
            far = [F.pairwise_distance(anchor, others[j]) for j in rest]
        if mining == "hardest":
            rest = [rest[int(torch.stack(far).argmin())]]
        if mining == "semi_hard":
            rest = [j for j, d in zip(rest, far) if own < d < own + margin]
        for j in rest:
            losses.append(F.triplet_margin_loss(anchor, others[i], others[j], margin=margin))
    return torch.stack(losses).mean() if losses else anchors.sum() * 0


def distillation(teacher, student, given):
    t = given["temperature"]
    soft, log_soft = F.softmax(teacher.detach() / t, 1), F.log_softmax(student / t, 1)
    return F.kl_div(log_soft, soft, reduction="batchmean") * t * t


def hints(teacher, student, _given):
    return F.mse_loss(student, teacher.detach())


def relational(teacher, student, _given):
    relative = [torch.pdist(rows) / torch.pdist(rows).mean() for rows in (student, teacher.detach())]
    return F.smooth_l1_loss(*relative)


def of_rows(case):
    output = torch.tensor(case["output"], requires_grad=True)
    losses = per_row(case["loss"], output, torch.tensor(case["target"], dtype=torch.float64))
    losses.mean().backward()
    return {"value": losses.tolist(), "gradients": [output.grad.flatten().tolist()]}


def of_pairs(case):
    """Rows that lack a side are left out here, and have gradients of zero."""
    rows = torch.tensor(case["present"]) == 1
    a, b = (torch.tensor(case[side], requires_grad=True) for side in ("a", "b"))
    value = globals()[case["loss"]](a[rows], b[rows], case["settings"])
    value.backward()
    gradients = [torch.zeros_like(x) if x.grad is None else x.grad for x in (a, b)]
    return {"value": [value.item()], "gradients": [g.flatten().tolist() for g in gradients]}


json.dump([of_rows(c) if "output" in c else of_pairs(c) for c in json.load(sys.stdin)], sys.stdout)
