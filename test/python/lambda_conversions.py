"""Coefficients of scikit-learn's estimators, each built from a name and its parameters."""
import json
import sys
import warnings

import numpy as np
from sklearn.base import is_classifier
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression, Ridge, RidgeClassifier
from sklearn.linear_model import SGDClassifier, SGDRegressor
from sklearn.neural_network import MLPRegressor
from sklearn.svm import SVC

warnings.simplefilter("ignore")
descent = {"learning_rate": "constant", "eta0": 1e-4, "max_iter": 30_000, "tol": None, "shuffle": False}
exact = {"tol": 1e-14, "max_iter": 1_000_000}
ESTIMATORS = {
    "sklearn-ridge": lambda v: Ridge(**v, solver="cholesky"),
    "sklearn-ridge-classifier": lambda v: RidgeClassifier(**v, solver="cholesky"),
    "sklearn-lasso": lambda v: Lasso(**v, **exact),
    "sklearn-elastic-net": lambda v: ElasticNet(**v, **exact),
    "sklearn-sgd-regressor": lambda v: SGDRegressor(penalty="elasticnet", **v, **descent),
    "sklearn-logistic-regression": lambda v: LogisticRegression(**v, solver="saga", tol=1e-12, max_iter=100_000),
    "sklearn-sgd-logistic": lambda v: SGDClassifier(loss="log_loss", penalty="elasticnet", **v, **descent),
    "sklearn-sgd-hinge": lambda v: SGDClassifier(loss="hinge", penalty="elasticnet", **v, **descent),
    "sklearn-svc": lambda v: SVC(kernel="linear", tol=1e-8, **v),
    "sklearn-mlp-regressor": lambda v: MLPRegressor(hidden_layer_sizes=(), solver="lbfgs", **v, **exact),
}

request = json.load(sys.stdin)
x, y, labels = (np.array(request[name]) for name in ("x", "y", "labels"))


def fit(convention, values):
    estimator = ESTIMATORS[convention](values)
    estimator.fit(x, labels if is_classifier(estimator) else y)
    weights = estimator.coefs_[0] if hasattr(estimator, "coefs_") else estimator.coef_
    return np.ravel(weights).tolist()


json.dump([fit(*case) for case in request["cases"]], sys.stdout)
