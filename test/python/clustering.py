"""k-means by scikit-learn from given centres, and the adjusted Rand index."""
import json
import sys

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

request = json.load(sys.stdin)
rows, start = (np.array(request[name]) for name in ("rows", "start"))
fitted = KMeans(len(start), init=start, n_init=1, algorithm="lloyd", tol=0, max_iter=500).fit(rows)
json.dump(
    {
        "centres": fitted.cluster_centers_.ravel().tolist(),
        "assignment": fitted.labels_.tolist(),
        "inertia": float(fitted.inertia_),
        "rand": float(adjusted_rand_score(request["labels"], fitted.labels_)),
    },
    sys.stdout,
)
