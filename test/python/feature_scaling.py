"""Scales and fills a matrix with scikit-learn, fitted on its first rows."""
import json
import sys

import numpy
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import StandardScaler

request = json.load(sys.stdin)
matrix = numpy.array([[numpy.nan if value is None else value for value in row] for row in request["matrix"]])
train = matrix[: request["train"]]
scaler = StandardScaler().fit(train)
scaled = scaler.transform(matrix)
json.dump(
    {
        "mean": scaler.mean_.tolist(),
        "scale": scaler.scale_.tolist(),
        "scaled": [[None if numpy.isnan(value) else value for value in row] for row in scaled.tolist()],
        "means": SimpleImputer(strategy="mean").fit(train).transform(matrix).tolist(),
        "medians": SimpleImputer(strategy="median").fit(train).transform(matrix).tolist(),
    },
    sys.stdout,
)
