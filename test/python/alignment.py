"""Alignment of two modalities by SciPy, scikit-learn, POT, dtaidistance and NumPy, in float64; each loads only what it needs."""
import json
import os
import sys

import numpy as np

# POT computes with NumPy here; without this it loads every library of tensors that is installed.
for backend in ("PYTORCH", "JAX", "CUPY", "TENSORFLOW"):
    os.environ[f"POT_BACKEND_DISABLE_{backend}"] = "1"


def ridge(y, x, alpha):
    from sklearn.linear_model import Ridge

    if alpha == 0:
        weights, _, rank, _ = np.linalg.lstsq(y, x, rcond=None)
        return {"weights": weights.ravel().tolist(), "rank": int(rank)}
    fitted = Ridge(alpha=alpha, fit_intercept=False, solver="cholesky").fit(y, x)
    return {"weights": np.atleast_2d(fitted.coef_).T.ravel().tolist()}


def procrustes(a, b):
    from scipy.linalg import orthogonal_procrustes

    rotation, trace = orthogonal_procrustes(a, b)
    u, s, vt = np.linalg.svd(a.T @ b)
    sign = np.ones(len(s))
    sign[-1] = np.sign(np.linalg.det(u @ vt))
    return {
        "rotation": rotation.ravel().tolist(),
        "scale": float(trace / np.sum(a**2)),
        "proper": (u * sign @ vt).ravel().tolist(),
        "properScale": float(np.sum(s * sign) / np.sum(a**2)),
    }


def inverse_root(s, r):
    values, vectors = np.linalg.eigh(s + r * np.eye(len(s)))
    return vectors / np.sqrt(values) @ vectors.T


def cca(x, y, components, r):
    xc, yc = x - x.mean(axis=0), y - y.mean(axis=0)
    n = len(x) - 1
    wx, wy = inverse_root(xc.T @ xc / n, r), inverse_root(yc.T @ yc / n, r)
    u, s, vt = np.linalg.svd(wx @ (xc.T @ yc / n) @ wy)
    a, b = wx @ u[:, :components], wy @ vt.T[:, :components]
    sign = np.sign(a[np.abs(a).argmax(axis=0), np.arange(components)])
    return {
        "correlations": s[:components].tolist(),
        "x": (a * sign).ravel().tolist(),
        "y": (b * sign).ravel().tolist(),
    }


def sklearn_correlations(x, y, components):
    from sklearn.cross_decomposition import CCA

    fitted = CCA(n_components=components, scale=False, max_iter=100_000, tol=1e-12).fit(x, y)
    u, v = fitted.transform(x, y)
    return [float(np.corrcoef(u[:, k], v[:, k])[0, 1]) for k in range(components)]


def transport(cost, a, b, epsilon):
    import ot

    plan = ot.sinkhorn(
        a, b, cost, epsilon, method="sinkhorn_log", stopThr=1e-13, numItermax=100_000, warn=False
    )
    return plan.ravel().tolist()


def coupling(c1, c2, a, b, epsilon):
    import ot

    plan = ot.gromov.entropic_gromov_wasserstein(
        c1, c2, a, b, "square_loss", epsilon=epsilon, max_iter=2000, tol=1e-10, numItermax=100_000, stopThr=1e-12
    )
    constant, h1, h2 = ot.gromov.init_matrix(c1, c2, a, b, "square_loss")
    return {
        "plan": plan.ravel().tolist(),
        "distortion": float(ot.gromov.gwloss(constant, h1, h2, plan)),
    }


def warping(x, y, radius):
    from dtaidistance import dtw, dtw_ndim

    window = None if radius is None else radius + 1
    if x.shape[1] > 1:
        return {
            "distance": float(dtw_ndim.distance(x, y, window=window)),
            "path": [list(map(int, step)) for step in dtw_ndim.warping_path(x, y, window=window)],
        }
    x, y = x.ravel(), y.ravel()
    return {
        "distance": float(dtw.distance(x, y, window=window)),
        "path": [list(map(int, step)) for step in dtw.warping_path(x, y, window=window)],
    }


def matrix(value):
    return np.array(value["data"], dtype=float).reshape(value["rows"], value["columns"])


METHODS = {
    "ridge": lambda q: ridge(matrix(q["from"]), matrix(q["to"]), q["lambda"]),
    "procrustes": lambda q: procrustes(matrix(q["from"]), matrix(q["to"])),
    "cca": lambda q: cca(matrix(q["from"]), matrix(q["to"]), q["components"], q["regularization"]),
    "sklearn_cca": lambda q: sklearn_correlations(matrix(q["from"]), matrix(q["to"]), q["components"]),
    "sinkhorn": lambda q: transport(matrix(q["cost"]), np.array(q["a"]), np.array(q["b"]), q["epsilon"]),
    "gromov": lambda q: coupling(
        matrix(q["c1"]), matrix(q["c2"]), np.array(q["a"]), np.array(q["b"]), q["epsilon"]
    ),
    "dtw": lambda q: warping(matrix(q["from"]), matrix(q["to"]), q.get("radius")),
}

json.dump([METHODS[query["method"]](query) for query in json.load(sys.stdin)], sys.stdout)
