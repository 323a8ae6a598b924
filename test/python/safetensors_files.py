"""Reads one safetensors file with the library and writes its tensors again; bytes travel in base64."""
import base64
import json
import sys

import numpy
from safetensors import TensorSpec, deserialize, serialize

request = json.load(sys.stdin)
parts = dict(deserialize(base64.b64decode(request["file"])))
buffers = {name: numpy.frombuffer(bytes(part["data"]), numpy.uint8) for name, part in parts.items()}
DTYPES = {
    "F64": "float64", "F32": "float32", "F16": "float16", "BF16": "bfloat16",
    "I64": "int64", "U64": "uint64", "I32": "int32", "U32": "uint32",
    "I16": "int16", "U16": "uint16", "I8": "int8", "U8": "uint8", "BOOL": "bool",
}


def values(name, part):
    """Numbers of a tensor as text, which keeps 64-bit integers and NaN; bfloat16 by way of float32."""
    data = buffers[name]
    if part["dtype"] == "BF16":
        array = (data.view(numpy.uint16).astype(numpy.uint32) << 16).view(numpy.float32)
    else:
        array = data.view(DTYPES[part["dtype"]])
    if array.dtype.kind == "f":
        return [repr(float(value)) for value in array]
    return [str(int(value)) for value in array]


specs = {
    name: TensorSpec(
        dtype=DTYPES[part["dtype"]],
        shape=part["shape"],
        data_ptr=buffers[name].ctypes.data if buffers[name].nbytes else 0,
        data_len=buffers[name].nbytes,
    )
    for name, part in parts.items()
}
written = serialize(specs, metadata=request["metadata"])
json.dump(
    {
        "written": base64.b64encode(bytes(written)).decode(),
        "tensors": [
            {"name": name, "dtype": part["dtype"], "shape": part["shape"], "values": values(name, part)}
            for name, part in parts.items()
        ],
    },
    sys.stdout,
)
