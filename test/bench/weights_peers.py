"""Scans the tensors of a safetensors file as one would in Python; says seconds of wall and processor."""
import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np

name, file = sys.argv[1:3]
with open(file, "rb") as handle:
    size = int.from_bytes(handle.read(8), "little")
    header = json.loads(handle.read(size))
spans = [(key, value) for key, value in header.items() if key != "__metadata__"]


def bytes_of(handle, value):
    start, end = value["data_offsets"]
    handle.seek(8 + size + start)
    return handle.read(end - start)


def with_numpy(data, dtype):
    values = np.frombuffer(data, np.float32) if dtype == "F32" else widened(data)
    return (
        np.count_nonzero(values == 0),
        np.abs(values).sum(dtype=np.float64),
        np.sqrt(np.square(values, dtype=np.float64).sum()),
        np.abs(values).max(),
        np.count_nonzero(~np.isfinite(values)),
    )


def widened(data):
    return (np.frombuffer(data, np.uint16).astype(np.uint32) << 16).view(np.float32)


def with_torch(data, dtype):
    import torch

    torch.set_num_threads(1)
    values = torch.frombuffer(bytearray(data), dtype=torch.float32 if dtype == "F32" else torch.bfloat16)
    return (
        int((values == 0).sum()),
        float(values.abs().sum(dtype=torch.float64)),
        float(torch.linalg.vector_norm(values.double())),
        float(values.abs().max()),
        int((~torch.isfinite(values)).sum()),
    )


if name == "torch":
    import torch  # noqa: F401  its import is not part of the scan
scan = {"numpy": with_numpy, "torch": with_torch, "read": lambda data, dtype: ()}[name]
wall, cpu = time.perf_counter(), time.process_time()
results = {}
with open(file, "rb") as handle:
    for key, value in spans:
        results[key] = [float(x) for x in scan(bytes_of(handle, value), value["dtype"])]
print(json.dumps({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "results": results}))
