"""Neighbours by scikit-learn, the fuzzy union by SciPy from the paper's formulas, and trustworthiness."""
import json
import sys

import numpy as np
from scipy.optimize import brentq
from scipy.sparse import coo_matrix
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

request = json.load(sys.stdin)
x = np.array(request["data"]).reshape(-1, request["columns"])
size = request["size"]
metric = request["metric"]

distances, rows = NearestNeighbors(n_neighbors=size - 1, algorithm="brute", metric=metric).fit(x).kneighbors()
strengths = np.empty_like(distances)
for row, own in enumerate(distances):
    beyond = np.maximum(0, own - own[own > 0].min())
    total = lambda width: np.exp(-beyond / width).sum() - np.log2(size)
    strengths[row] = np.exp(-beyond / brentq(total, 1e-9, 1e6, xtol=1e-14))

n = len(x)
heads = np.repeat(np.arange(n), size - 1)
directed = coo_matrix((strengths.ravel(), (heads, rows.ravel())), shape=(n, n)).tocsr()
product = directed.multiply(directed.T)
union = (directed + directed.T - product).toarray()
json.dump(
    {
        "rows": rows.ravel().tolist(),
        "distances": distances.ravel().tolist(),
        "union": union.ravel().tolist(),
        "trustworthiness": [
            trustworthiness(x, np.array(places).reshape(-1, 2), n_neighbors=size, metric=metric)
            for places in request["places"]
        ],
    },
    sys.stdout,
)
