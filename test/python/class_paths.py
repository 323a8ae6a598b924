"""Logistic and softmax regression by scikit-learn along a path, on all rows and on every fold."""
import json
import sys
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

warnings.simplefilter("ignore")


def fit(x, labels, strength, ratio):
    if ratio == 0:
        how = {"solver": "newton-cholesky", "l1_ratio": 0, "tol": 1e-12}
    else:
        how = {"solver": "saga", "l1_ratio": ratio, "tol": 1e-11}
    model = LogisticRegression(C=1 / (len(x) * strength), max_iter=100_000, **how)
    return model.fit(x, labels)


def path(case):
    x, labels = np.array(case["x"]), np.array(case["labels"])
    fits = [fit(x, labels, strength, case["ratio"]) for strength in case["lambdas"]]
    folds = list(KFold(case["folds"]).split(x)) if case["ratio"] == 0 else []
    losses, accuracies = [], []
    for train, held in folds:
        models = [fit(x[train], labels[train], strength, 0) for strength in case["lambdas"]]
        own = np.arange(len(held)), np.searchsorted(models[0].classes_, labels[held])
        losses.append([float(-model.predict_log_proba(x[held])[own].mean()) for model in models])
        accuracies.append([model.score(x[held], labels[held]) for model in models])
    return {
        "coef": [model.coef_.tolist() for model in fits],
        "intercept": [model.intercept_.tolist() for model in fits],
        "losses": losses,
        "accuracies": accuracies,
    }


json.dump([path(case) for case in json.load(sys.stdin)], sys.stdout)
