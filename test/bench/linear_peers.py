"""One fit of scikit-learn, measured: wall and CPU seconds from data in memory to the fitted model."""
import json
import resource
import sys
import time
import warnings

import numpy as np
from sklearn.linear_model import LassoCV, LogisticRegressionCV, RidgeCV
from sklearn.model_selection import KFold

warnings.simplefilter("ignore")
request = json.load(sys.stdin)
values = np.fromfile(request["file"])
rows, columns = request["rows"], request["columns"]
x, y = values[: rows * columns].reshape(rows, columns), values[rows * columns :]
folds = KFold(request["folds"])


def model():
    if request["task"] == "lasso":
        return LassoCV(
            alphas=request["count"],
            eps=1e-3,
            cv=folds,
            tol=request["tolerance"],
            max_iter=100_000,
            n_jobs=request["jobs"],
            precompute=request["precompute"],
        )
    if request["task"] == "ridge":
        if request["mode"] == "folds":
            return RidgeCV(alphas=request["alphas"], cv=folds, scoring="neg_mean_squared_error")
        return RidgeCV(alphas=request["alphas"], gcv_mode=request["mode"])
    return LogisticRegressionCV(
        Cs=[1 / (rows * value) for value in request["lambdas"]],
        l1_ratios=(0,),
        cv=folds,
        scoring="neg_log_loss",
        max_iter=1000,
        n_jobs=request["jobs"],
        use_legacy_attributes=False,
    )


def processor_seconds():
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


wall, cpu = time.perf_counter(), processor_seconds()
fitted = model().fit(x, y)
wall, cpu = time.perf_counter() - wall, processor_seconds() - cpu
chosen = fitted.alpha_ if request["task"] != "logistic" else 1 / (rows * float(np.ravel(fitted.C_)[0]))
json.dump({"wall": wall, "cpu": cpu, "lambda": float(chosen), "coef": np.ravel(fitted.coef_).tolist()}, sys.stdout)
