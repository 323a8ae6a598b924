"""Writes an HDF5 file as Keras does into a folder; says what h5py reads from it."""
import json
import sys

import h5py
import numpy as np

folder = json.load(sys.stdin)["folder"]
random = np.random.default_rng(5)
with h5py.File(f"{folder}/weights.h5", "w", libver="earliest") as file:
    file.attrs["backend"] = "tensorflow"
    for index in range(40):
        group = file.create_group(f"model_weights/dense_{index}/dense_{index}")
        kernel = random.standard_normal((17, 9)).astype(np.float32)
        kernel[np.abs(kernel) < 0.3] = 0
        group.create_dataset("kernel:0", data=kernel)
        group.create_dataset("bias:0", data=random.standard_normal(9).astype(np.float16))
    file["iterations"] = np.int64(1200)
    file["double"] = random.standard_normal((3, 4, 5))
    file["empty"] = np.zeros((0, 3), np.float32)

found = []


def visit(name, item):
    if not isinstance(item, h5py.Dataset):
        return
    values = np.asarray(item[()], np.float64)
    found.append(
        {
            "name": name,
            "dtype": item.dtype.name,
            "shape": list(item.shape),
            "count": values.size,
            "zeros": int((values == 0).sum()),
            "non_finite": 0,
            "l1": float(np.abs(values).sum()),
            "l2": float(np.sqrt(np.square(values).sum())),
            "max_abs": float(np.abs(values).max(initial=0)),
        }
    )


with h5py.File(f"{folder}/weights.h5") as file:
    file.visititems(visit)
print(json.dumps(found))
