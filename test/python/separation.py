"""Losses of private and shared parts by NumPy, in float64."""
import json
import sys

import numpy as np


def directions(rows):
    centred = rows - rows.mean(axis=0)
    return centred / np.sqrt(np.sum(centred**2, axis=1, keepdims=True) + 1e-6)


def losses(query):
    kept = np.array(query["present"], dtype=bool)
    shared, private, features, reconstruction = (
        np.array(query[name], dtype=float)[kept]
        for name in ("shared", "private", "features", "reconstruction")
    )
    products = directions(shared).T @ directions(private)
    return {
        "difference": float(np.linalg.norm(products, "fro") ** 2 / len(shared) ** 2),
        "reconstruction": float(np.mean((features - reconstruction) ** 2)),
    }


print(json.dumps([losses(query) for query in json.load(sys.stdin)]))
