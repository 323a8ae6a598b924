"""LassoCV on given folds, and the precisions of BayesianRidge without hyperpriors."""
import json
import sys

import numpy as np
from sklearn.linear_model import BayesianRidge, LassoCV


def lasso(case):
    x, y = np.array(case["x"]), np.array(case["y"])
    rows = np.array(case["rows"])
    place = {row: index for index, row in enumerate(rows.tolist())}
    folds = [tuple([place[row] for row in part] for part in fold) for fold in case["folds"]]
    model = LassoCV(alphas=case["count"], eps=case["eps"], cv=folds, tol=1e-13, max_iter=1_000_000)
    model.fit(x[rows], y[rows])
    return {
        "alpha": model.alpha_,
        "alphas": model.alphas_.tolist(),
        "mse": model.mse_path_.T.tolist(),
    }


def bayesian(case):
    x, y = np.array(case["x"]), np.array(case["y"])
    none = {"alpha_1": 0, "alpha_2": 0, "lambda_1": 0, "lambda_2": 0}
    model = BayesianRidge(max_iter=10_000, tol=1e-14, **none).fit(x, y)
    return {
        "noise": float(model.alpha_),
        "weights": float(model.lambda_),
        "coef": model.coef_.tolist(),
        "intercept": float(model.intercept_),
    }


request = json.load(sys.stdin)
json.dump({"lasso": lasso(request["lasso"]), "bayesian": bayesian(request["bayesian"])}, sys.stdout)
