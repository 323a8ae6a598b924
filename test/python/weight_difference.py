"""Writes pairs of weight files; says how NumPy finds them to differ."""
import json
import sys

import h5py
import numpy as np
import torch
from safetensors.numpy import save_file

folder = json.load(sys.stdin)["folder"]
random = np.random.default_rng(8)


def pair(*shape):
    before = np.asarray(random.standard_normal(shape), np.float32)
    before[random.random(shape) < 0.2] = 0
    step = (random.random(shape) < 0.5) * random.standard_normal(shape)
    after = np.asarray(before + step, np.float32)
    after[random.random(shape) < 0.3] = 0
    return before, after


pairs = {"conv": pair(8, 3, 5, 5), "fc": pair(400, 300), "bias": pair(17), "scalar": (np.float32(2), np.float32(3))}
before = {name: values for name, (values, _) in pairs.items()}
after = {name: values for name, (_, values) in pairs.items()}
save_file({k: np.asarray(v) for k, v in before.items()}, f"{folder}/before.safetensors")
save_file({k: np.asarray(v) for k, v in after.items()}, f"{folder}/after.safetensors")
turned = {k: torch.tensor(np.asarray(v)) for k, v in after.items()}
turned["fc"] = turned["fc"].t().contiguous().t()
torch.save(turned, f"{folder}/after.pt")
with h5py.File(f"{folder}/after.h5", "w") as file:
    for name, values in after.items():
        chunks = {"chunks": True, "compression": "gzip"} if np.ndim(values) > 1 else {}
        file.create_dataset(name, data=values, **chunks)


def statistics(name):
    b, a = before[name].astype(np.float64), after[name].astype(np.float64)
    return {
        "name": name,
        "change": "values",
        "shape": list(np.shape(a)),
        "count": int(np.size(a)),
        "distance": float(np.sqrt(np.square(a - b).sum())),
        "relative": float(np.linalg.norm((a - b).ravel()) / np.linalg.norm(b.ravel())),
        "max_abs": float(np.abs(a - b).max()),
        "cosine": float((a * b).sum() / np.linalg.norm(a.ravel()) / np.linalg.norm(b.ravel())),
        "equal": int((a == b).sum()),
        "zeros_gained": int(((a == 0) & (b != 0)).sum()),
        "zeros_lost": int(((a != 0) & (b == 0)).sum()),
        "non_finite": 0,
    }


print(json.dumps([statistics(name) for name in pairs]))
