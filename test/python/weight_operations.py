"""The weight operations by NumPy's sorting, and torch.nn.utils.prune's count of what goes."""
import json
import sys

import numpy as np


def smallest_mask(weights, amount):
    """prune.l1_unstructured: round(amount * n) of the smallest; ties by index."""
    mask = np.ones(weights.size)
    mask[np.argsort(np.abs(weights), kind="stable")[: round(amount * weights.size)]] = 0
    return mask


def two_of_four(weights):
    """[inputs, outputs]: the two smallest of every four inputs go, ties by index."""
    mask = np.ones_like(weights)
    for column in range(weights.shape[1]):
        for start in range(0, weights.shape[0], 4):
            group = np.abs(weights[start : start + 4, column])
            mask[start + np.argsort(group, kind="stable")[:2], column] = 0
    return mask


request = json.load(sys.stdin)
tensors = [np.array(tensor, dtype=np.float32) for tensor in request["tensors"]]
joined = np.concatenate(tensors)
ends = np.cumsum([tensor.size for tensor in tensors])[:-1]
matrix = np.array(request["matrix"], dtype=np.float32)
bound = np.float32(request["share"] * float(np.abs(joined).max()))
final, start, end = request["cubic"]
json.dump(
    {
        "layer": [[smallest_mask(t, a).tolist() for t in tensors] for a in request["amounts"]],
        "global": [
            [part.tolist() for part in np.split(smallest_mask(joined, a), ends)]
            for a in request["amounts"]
        ],
        "twoOfFour": two_of_four(matrix).ravel().tolist(),
        "clipped": np.clip(joined, -bound, bound).tolist(),
        "retained": np.where(np.abs(joined) < bound, 0, joined).tolist(),
        "rounded": [round(value) for value in request["halves"]],
        "cubic": [
            final * (1 - (1 - min(max((t - start) / (end - start), 0), 1)) ** 3)
            for t in request["steps"]
        ],
    },
    sys.stdout,
)
