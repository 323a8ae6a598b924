"""PyTorch's constraints, norms and masks of weights, in binary64: JSON in, JSON out."""
import json
import sys

import torch
from torch import nn
from torch.ao.pruning import WeightNormSparsifier
from torch.nn.utils import parametrizations, prune

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def tensor(case):
    return torch.tensor(case["values"], dtype=torch.float64).reshape(case["shape"])


def renorm(case):
    """`dim` is the axis that is kept."""
    weights = tensor(case)
    kept = weights.dim() - (1 if case["groups"] == "outputs" else 2)
    return {"values": torch.renorm(weights, 2, kept, case["limit"]).flatten().tolist()}


def module_of(weights):
    """Outputs first, as PyTorch has them."""
    if weights.dim() == 4:
        module = nn.Conv2d(weights.shape[2], weights.shape[3], weights.shape[:2], bias=False)
        module.weight.data = weights.permute(3, 2, 0, 1).contiguous()
    else:
        module = nn.Linear(*weights.shape, bias=False)
        module.weight.data = weights.T.contiguous()
    return module


def spectral(case):
    """sigma is what spectral_norm divides by; the gradient is autograd's of lambda/2 sigma^2."""
    weights = tensor(case)
    module = module_of(weights)
    before = module.weight.detach().clone()
    torch.manual_seed(0)
    parametrizations.spectral_norm(module, n_power_iterations=2000)
    sigma = before.flatten()[0] / module.weight.detach().flatten()[0]
    moving = weights.clone().requires_grad_()
    matrix = moving.reshape(-1, weights.shape[-1])
    (case["lambda"] / 2 * torch.linalg.matrix_norm(matrix, 2) ** 2).backward()
    return {"sigma": sigma.item(), "gradient": moving.grad.flatten().tolist()}


def orthogonality(case):
    moving = tensor(case).requires_grad_()
    gram = moving.T @ moving if moving.shape[0] >= moving.shape[1] else moving @ moving.T
    value = case["lambda"] * ((gram - torch.eye(len(gram))) ** 2).sum()
    value.backward()
    return {"value": value.item(), "gradient": moving.grad.flatten().tolist()}


class Holder(nn.Module):
    def __init__(self, values):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(values, dtype=torch.float64))


def pruned(case):
    """Masks of every tensor for each share; a whole number would be a number of weights."""
    masks = []
    for amount in map(float, case["amounts"]):
        modules = [Holder(values) for values in case["tensors"]]
        if case["scope"] == "layer":
            for module in modules:
                prune.l1_unstructured(module, "weight", amount)
        else:
            named = [(module, "weight") for module in modules]
            prune.global_unstructured(named, prune.L1Unstructured, amount=amount)
        masks.append([module.weight_mask.int().tolist() for module in modules])
    return {"masks": masks}


def two_of_four(case):
    """Two of every four along the inputs."""
    model = nn.Sequential(module_of(tensor(case)))
    sparsifier = WeightNormSparsifier(
        sparsity_level=1.0, sparse_block_shape=(1, 4), zeros_per_block=2
    )
    sparsifier.prepare(model, [{"tensor_fqn": "0.weight"}])
    sparsifier.step()
    return {"mask": model[0].parametrizations.weight[0].mask.T.flatten().int().tolist()}


json.dump([globals()[case["of"]](case) for case in json.load(sys.stdin)], sys.stdout)
