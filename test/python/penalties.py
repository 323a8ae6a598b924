"""Penalties of matrices by NumPy's SVD, and the group lasso's minimum by proximal gradient, in float64."""
import json
import sys

import numpy as np


def group_lasso(q, b, penalty, groups):
    """Minimum of w'Qw/2 - b'w + penalty * sum sqrt(p_g) |w_g|, to the last digits."""
    step = 1 / np.linalg.eigvalsh(q)[-1]
    w = np.zeros(len(b))
    for _ in range(50_000):
        v = w - step * (q @ w - b)
        for g in groups:
            norm = np.linalg.norm(v[g])
            shrink = step * penalty * np.sqrt(len(g))
            v[g] *= max(0, 1 - shrink / norm) if norm > 0 else 0
        w = v
    return w.tolist()


request = json.load(sys.stdin)
matrix = np.array(request["matrix"])
columns = matrix.shape[1]
json.dump(
    {
        "sigma": float(np.linalg.norm(matrix, 2)),
        "orthogonality": float(np.linalg.norm(matrix.T @ matrix - np.eye(columns), "fro") ** 2),
        "groupLasso": group_lasso(
            np.array(request["q"]), np.array(request["b"]), request["lambda"], request["groups"]
        ),
    },
    sys.stdout,
)
