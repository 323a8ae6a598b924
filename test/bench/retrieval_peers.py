"""Ranks the partners of pairs by NumPy in float64; `rank X Z ROWS COLUMNS OUT` answers with JSON."""
import json
import sys
import time

import numpy as np

BLOCK = 1000


def unit(file, rows, columns):
    x = np.fromfile(file, np.float32).reshape(rows, columns).astype(np.float64)
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def ranks(x, z):
    own = np.einsum("ij,ij->i", x, z)
    # The partner's product, too, has to come from the matrix product, or it may not equal itself.
    there, back = np.ones(len(x)), np.ones(len(x))
    columns = np.empty(len(x))
    for start in range(0, len(x), BLOCK):
        rows = slice(start, start + BLOCK)
        block = x[rows] @ z[rows].T
        columns[rows] = np.diag(block)
    for start in range(0, len(x), BLOCK):
        rows = slice(start, start + BLOCK)
        products = x[rows] @ z.T
        there[rows] += (products > columns[rows, None]).sum(axis=1)
        back += (products > columns[None, :]).sum(axis=0)
    assert np.allclose(own, columns, rtol=0, atol=1e-14)
    return there, back


print("{}", flush=True)
for line in sys.stdin:
    _, file, other, rows, columns, out = line.split()
    wall, cpu = time.perf_counter(), time.process_time()
    both = ranks(unit(file, int(rows), int(columns)), unit(other, int(rows), int(columns)))
    measured = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    np.concatenate(both).tofile(out)
    figures = [
        [float(np.mean(side <= k)) for k in (1, 5, 10)]
        + [float(np.median(side)), float(np.mean(1 / side))]
        for side in both
    ]
    print(json.dumps({**measured, "figures": figures}), flush=True)
