"""Penalised least squares by scikit-learn and the losses by NumPy, in float64."""
import json
import sys

import numpy as np
from sklearn.linear_model import ElasticNet, Lasso, Ridge


def fit(x, y, model):
    return model.fit(x, y).coef_.tolist()


def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_probability = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_probability[np.arange(len(labels)), labels]


def info_nce(a, b, present, temperature):
    kept = np.array(present) == 1
    similarity = a[kept] @ b[kept].T / temperature
    own = np.arange(kept.sum())
    return float((cross_entropy(similarity, own).mean() + cross_entropy(similarity.T, own).mean()) / 2)


request = json.load(sys.stdin)
x, y = np.array(request["x"]), np.array(request["y"])
exact = {"fit_intercept": False, "tol": 1e-14, "max_iter": 1_000_000}
a, b, logits = (np.array(request[name]) for name in ("a", "b", "logits"))
json.dump(
    {
        "ridge": [
            fit(x, y, Ridge(alpha=alpha, fit_intercept=False, solver="cholesky"))
            for alpha in request["ridge"]
        ],
        "lasso": fit(x, y, Lasso(alpha=request["lasso"], **exact)),
        "elasticNet": fit(
            x, y, ElasticNet(alpha=request["net"]["alpha"], l1_ratio=request["net"]["ratio"], **exact)
        ),
        "crossEntropy": cross_entropy(logits, request["labels"]).tolist(),
        "infoNce": [
            info_nce(a, b, present, request["temperature"]) for present in request["present"]
        ],
    },
    sys.stdout,
)
