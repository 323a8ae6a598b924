"""Projects files of vectors by umap-learn and says how trustworthy projections are, line by line.

`fit IN ROWS COLUMNS METRIC OUT` projects and writes the places, `trust IN ROWS COLUMNS METRIC PLACES`
judges; both answer with a line of JSON. The first line says that all is imported and compiled.
"""
import json
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
import umap
from sklearn.manifold import trustworthiness


def read(file, rows, columns):
    return np.fromfile(file, np.float32).reshape(int(rows), int(columns))


def fit(x, metric):
    return umap.UMAP(n_neighbors=15, metric=metric).fit_transform(x)


# Numba compiles on the first call: brute-force search below 4,096 rows, descent above.
random = np.random.default_rng(0)
for rows in (600, 5000):
    for metric in ("euclidean", "cosine"):
        fit(random.normal(size=(rows, 32)).astype(np.float32), metric)
print("{}", flush=True)

for line in sys.stdin:
    task, file, rows, columns, metric, places = line.split()
    x = read(file, rows, columns)
    if task == "trust":
        share = trustworthiness(x, read(places, rows, 2), n_neighbors=15, metric=metric)
        answer = {"trustworthiness": share}
    else:
        wall, cpu = time.perf_counter(), time.process_time()
        fitted = fit(x, metric)
        answer = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
        fitted.astype(np.float32).tofile(places)
    print(json.dumps(answer), flush=True)
