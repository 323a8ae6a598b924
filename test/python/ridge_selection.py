"""Leave-one-out, generalised and K-fold errors of ridge regression by scikit-learn and NumPy."""
import json
import sys

import numpy as np
from sklearn.linear_model import Ridge, RidgeCV
from sklearn.model_selection import KFold
from sklearn.preprocessing import StandardScaler


def generalised(x, y, alpha):
    """n⁻¹‖(I − H)y‖² / (1 − tr(H)/n)², H with the intercept, from the hat matrix itself."""
    n = len(x)
    centred = x - x.mean(0)
    left, values, _ = np.linalg.svd(centred, full_matrices=False)
    hat = np.full((n, n), 1 / n) + left * (values**2 / (values**2 + alpha)) @ left.T
    residual = y - hat @ y
    return float((residual**2).sum() / n / (1 - np.trace(hat) / n) ** 2)


def predict(x, y, rows, alpha):
    return Ridge(alpha=alpha, solver="svd").fit(x, y).predict(rows).reshape(len(rows), -1)


def select(case):
    x, y = np.array(case["x"]), np.array(case["y"])
    if case["standardize"]:
        whole = StandardScaler().fit_transform(x)
    else:
        whole = x
    search = RidgeCV(alphas=case["alphas"], store_cv_results=True).fit(whole, y)
    squares = search.cv_results_.reshape(len(x), -1, len(case["alphas"])).sum(1)
    folds = []
    for train, held in KFold(case["folds"]).split(x):
        scaler = StandardScaler().fit(x[train]) if case["standardize"] else None
        a, b = (scaler.transform(x[rows]) if scaler else x[rows] for rows in (train, held))
        folds.append(
            [float(((predict(a, y[train], b, alpha) - y[held]) ** 2).sum(1).mean()) for alpha in case["alphas"]]
        )
    return {
        "alpha": float(search.alpha_),
        "leaveOneOut": squares.mean(0).tolist(),
        "standardErrors": (squares.std(0, ddof=1) / np.sqrt(len(x))).tolist(),
        "generalised": [generalised(whole, y, alpha) for alpha in case["alphas"]],
        "folds": folds,
        "coef": [Ridge(alpha=alpha, solver="svd").fit(whole, y).coef_.tolist() for alpha in case["alphas"]],
    }


json.dump([select(case) for case in json.load(sys.stdin)], sys.stdout)
