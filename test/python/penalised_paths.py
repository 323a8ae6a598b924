"""Paths and cross-validation of penalised least squares by scikit-learn, and its splitters' folds."""
import json
import sys
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.impute import SimpleImputer
from sklearn.linear_model import ElasticNetCV, MultiTaskElasticNet, enet_path
from sklearn.linear_model import ElasticNet
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold, TimeSeriesSplit
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.simplefilter("ignore", ConvergenceWarning)
EXACT = {"tol": 1e-14, "max_iter": 200_000}


def matrix(rows):
    return np.array([[np.nan if value is None else value for value in row] for row in rows])


def cross_validated(case):
    x, y = matrix(case["x"]), matrix(case["y"])[:, 0]
    folds = list(KFold(case["folds"]).split(x))
    model = ElasticNetCV(
        l1_ratio=case["ratio"], alphas=case["count"], eps=case["eps"], cv=folds, **EXACT
    ).fit(x, y)
    _, coefficients, _ = enet_path(
        x - x.mean(0), y - y.mean(), l1_ratio=case["ratio"], alphas=model.alphas_, **EXACT
    )
    return {
        "alphas": model.alphas_.tolist(),
        "alpha": model.alpha_,
        "mse": model.mse_path_.T.tolist(),
        "path": coefficients.T.tolist(),
        "intercept": model.intercept_,
        "coef": model.coef_.tolist(),
    }


def piped(case):
    """Mean squared errors with imputation and standardisation fitted inside every fold."""
    x, y = matrix(case["x"]), matrix(case["y"])[:, 0]
    errors = []
    for train, held in KFold(case["folds"]).split(x):
        own = []
        for alpha in case["alphas"]:
            steps = [SimpleImputer()] + ([StandardScaler()] if case["standardize"] else [])
            model = make_pipeline(*steps, ElasticNet(alpha=alpha, l1_ratio=case["ratio"], **EXACT))
            model.fit(x[train], y[train])
            own.append(float(((model.predict(x[held]) - y[held]) ** 2).mean()))
        errors.append(own)
    return {"mse": errors}


def multi_task(case):
    x, y = matrix(case["x"]), matrix(case["y"])
    fits = [
        MultiTaskElasticNet(alpha=alpha, l1_ratio=case["ratio"], **EXACT).fit(x, y)
        for alpha in case["alphas"]
    ]
    return {
        "coef": [fit.coef_.tolist() for fit in fits],
        "intercept": [fit.intercept_.tolist() for fit in fits],
    }


def splits(case):
    rows = np.arange(case["rows"])
    ordered = np.argsort(case["order"], kind="stable")
    chosen = {
        "plain": KFold(case["folds"]).split(rows),
        "stratified": StratifiedKFold(case["folds"]).split(rows, case["labels"]),
        "grouped": GroupKFold(case["folds"]).split(rows, groups=case["groups"]),
        "ordered": (
            (np.sort(ordered[train]), np.sort(ordered[held]))
            for train, held in TimeSeriesSplit(case["folds"]).split(rows)
        ),
    }
    return {
        name: [{"train": train.tolist(), "held": held.tolist()} for train, held in folds]
        for name, folds in chosen.items()
    }


CASES = {
    "crossValidated": cross_validated,
    "piped": piped,
    "multiTask": multi_task,
    "splits": splits,
}
request = json.load(sys.stdin)
json.dump([CASES[case["type"]](case) for case in request], sys.stdout)
