"""The figures of core/measures by NumPy, SciPy and scikit-learn, in float64."""
import json
import sys

import numpy as np
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.spatial.distance import pdist
from sklearn.decomposition import PCA
from sklearn.metrics import f1_score, top_k_accuracy_score


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def retrieval(x, z):
    similarity = unit(x) @ unit(z).T
    n = len(x)
    ranks = 1 + (similarity > np.diag(similarity)[:, None]).sum(axis=1)
    return {
        "ranks": ranks.tolist(),
        "recall": [
            float(top_k_accuracy_score(np.arange(n), similarity, k=k, labels=np.arange(n)))
            for k in (1, 5, 10)
        ],
        "mrr": float(np.mean(1 / ranks)),
        "medianRank": float(np.median(ranks)),
    }


def pca(x):
    fitted = PCA(n_components=2, svd_solver="full").fit(x)
    return {
        "xy": fitted.transform(x).ravel().tolist(),
        "explained": fitted.explained_variance_ratio_.tolist(),
    }


def layer(weights, shape):
    matrix = weights.reshape(-1, shape[-1])
    shown = weights[weights != 0]
    largest = np.abs(weights).max()
    counts, edges = np.histogram(shown, bins=40, range=(-largest, largest))
    return {
        "zeros": int((weights == 0).sum()),
        "l1": float(np.linalg.norm(weights, 1)),
        "l2": float(np.linalg.norm(weights, 2)),
        "maxAbs": float(largest),
        "deadUnits": int((matrix == 0).all(axis=0).sum()),
        "counts": counts.tolist(),
        "edges": edges.tolist(),
        "spectrum": np.linalg.svd(matrix, compute_uv=False).tolist(),
        "nearZeros": int((np.abs(shown) < np.ldexp(1.0, np.frexp(largest)[1] - 11)).sum()),
    }


def conditioned(weights):
    return {"condition": float(np.linalg.cond(weights)), "rank": int(np.linalg.matrix_rank(weights))}


def marchenko_pastur_median(ratio):
    low, high = (1 - np.sqrt(ratio)) ** 2, (1 + np.sqrt(ratio)) ** 2

    def density(x):
        return np.sqrt(max(0.0, (high - x) * (x - low))) / (2 * np.pi * ratio * x)

    return float(brentq(lambda x: quad(density, low, x, limit=500)[0] - 0.5, low, high, xtol=1e-13))


def cka(x, z):
    x, z = x - x.mean(axis=0), z - z.mean(axis=0)
    return float(
        np.linalg.norm(z.T @ x) ** 2 / (np.linalg.norm(x.T @ x) * np.linalg.norm(z.T @ z))
    )


def f1(labels, predicted):
    return [
        float(f1_score(labels, predicted, average=average, zero_division=0))
        for average in ("macro", "micro", "weighted")
    ]


request = json.load(sys.stdin)
x, z = (np.array(request[name]["data"]).reshape(-1, request[name]["columns"]) for name in ("x", "z"))
weights = np.array(request["weights"])
json.dump(
    {
        "retrieval": [retrieval(x, z), retrieval(z, x)],
        "gap": float(np.linalg.norm(unit(x).mean(axis=0) - unit(z).mean(axis=0))),
        "alignment": float(np.mean(np.sum((unit(x) - unit(z)) ** 2, axis=1))),
        "uniformity": float(np.log(np.mean(np.exp(-2 * pdist(unit(x), "sqeuclidean"))))),
        "cosines": np.sum(unit(x) * unit(z), axis=1).tolist(),
        "cka": cka(x, z),
        "f1": f1(request["labels"], request["predicted"]),
        "pca": pca(np.vstack([x, z])),
        "layer": layer(weights, request["shape"]),
        "conditioned": [conditioned(weights) for weights in (x, z, np.hstack([x, x[:, :1]]))],
        "medians": [marchenko_pastur_median(ratio) for ratio in request["ratios"]],
    },
    sys.stdout,
)
