"""Writes weight files with NumPy and PyTorch into a folder; says what their values are like."""
import json
import os
import sys

import numpy as np
import torch

folder = json.load(sys.stdin)["folder"]
torch.manual_seed(3)


class Evil:
    def __reduce__(self):
        return os.system, (f"touch {folder}/called",)


def statistics(name, values):
    double = values.detach().to(torch.float64).flatten()
    finite = double[torch.isfinite(double)]
    return {
        "name": name,
        "dtype": str(values.dtype).removeprefix("torch."),
        "shape": list(values.shape),
        "count": double.numel(),
        "zeros": int((double == 0).sum()),
        "non_finite": double.numel() - finite.numel(),
        "l1": finite.abs().sum().item(),
        "l2": finite.square().sum().sqrt().item(),
        "max_abs": finite.abs().max().item() if finite.numel() else 0.0,
    }


model = torch.nn.Sequential(
    torch.nn.Conv2d(3, 5, 3),
    torch.nn.Flatten(),
    torch.nn.Linear(20, 7),
    torch.nn.LSTM(7, 3, bidirectional=True),
)
with torch.no_grad():
    model[2].weight[model[2].weight.abs() < 0.05] = 0
    model[2].bias[0] = float("nan")
extra = {
    "half": torch.randn(33).half(),
    "bfloat16": torch.randn(33).bfloat16(),
    "double": torch.randn(5, 0, 2).double(),
    "float8": torch.randn(64).to(torch.float8_e4m3fn),
    "transposed": torch.randn(4, 6).t(),
    "channels_last": torch.randn(2, 3, 4, 5).contiguous(memory_format=torch.channels_last),
    "row": torch.randn(6, 8)[2],
    "scalar": torch.tensor(2.5),
    "int64": torch.arange(-5, 5),
    "mask": torch.rand(50) < 0.5,
    "parameter": torch.nn.Parameter(torch.randn(3)),
}
state = model.state_dict()
state["0.again"] = state["0.weight"]
torch.save({"state_dict": state, "extra": extra, "epoch": 3}, f"{folder}/state.pt")
torch.save(model, f"{folder}/module.pt")
layer = torch.nn.Linear(6, 4)
optimizer = torch.optim.Adam(layer.parameters())
layer(torch.ones(6)).sum().backward()
optimizer.step()
checkpoint = {"model": layer.state_dict(), "optimizer": optimizer.state_dict(), "step": 7}
torch.save(checkpoint, f"{folder}/checkpoint.ckpt")
adam = optimizer.state_dict()["state"]
script = torch.jit.script(torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.BatchNorm1d(3)))
torch.jit.save(script, f"{folder}/script.pt")
names = list(state)
index = {}
for part, chosen in (("p1", names[:3]), ("p2", names[3:])):
    torch.save({name: state[name] for name in chosen}, f"{folder}/pytorch_model-{part}.bin")
    index |= {name: f"pytorch_model-{part}.bin" for name in chosen}
with open(f"{folder}/pytorch_model.bin.index.json", "w") as file:
    json.dump({"metadata": {}, "weight_map": index}, file)
torch.save({"w": torch.ones(2), "evil": Evil()}, f"{folder}/evil.pt")
torch.save(torch.ones(2), f"{folder}/old.pt", _use_new_zipfile_serialization=False)
for name, save in (("plain", np.savez), ("packed", np.savez_compressed)):
    save(f"{folder}/{name}.npz", **{key: value.numpy() for key, value in state.items()})

print(
    json.dumps(
        {
            "state": [statistics(f"state_dict.{key}", value) for key, value in state.items()]
            + [statistics(f"extra.{key}", value) for key, value in extra.items()],
            "checkpoint": [
                *(statistics(f"model.{key}", value) for key, value in layer.state_dict().items()),
                *(
                    statistics(f"optimizer.state.{place}.{key}", value)
                    for place, values in adam.items()
                    for key, value in values.items()
                ),
            ],
            "script": [statistics(key, value) for key, value in script.state_dict().items()],
            "parts": [statistics(key, value) for key, value in state.items()],
            "module": [statistics(key, value) for key, value in model.state_dict().items()],
            "arrays": [statistics(key, value) for key, value in state.items()],
        }
    )
)
