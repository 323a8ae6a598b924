"""Exponential moving averages without the bias of their start, and extremes of stretches, by SciPy and NumPy."""
import json
import sys

import numpy as np
from scipy.signal import lfilter

given = json.load(sys.stdin)

values = np.array(given["values"])
averages = []
for w in given["weights"]:
    # y[i] = w y[i-1] + (1 - w) x[i], divided by 1 - w^(i+1).
    filtered = lfilter([1 - w], [1, -w], values)
    averages.append((filtered / (1 - w ** np.arange(1, len(values) + 1))).tolist())

x = np.array(given["x"])
buckets = given["buckets"]
place = np.floor((x - x[0]) * (buckets / (x[-1] - x[0]))).astype(int)
place = np.minimum(place, buckets - 1)
extremes = [
    [float(values[place == bucket].min()), float(values[place == bucket].max())]
    for bucket in np.unique(place)
]
json.dump({"averages": averages, "extremes": extremes}, sys.stdout)
