"""Writes arrays of every type that NormLens reads, with NumPy; bytes travel in base64."""
import base64
import io
import json
import sys
import zipfile

import numpy

json.load(sys.stdin)
generator = numpy.random.default_rng(5)
NUMBERS = ["<f2", ">f2", "<f4", ">f4", "<f8", ">f8", "|i1", "<i2", ">i2", "<i4", ">i4", "<i8", ">i8",
           "|u1", "<u2", ">u2", "<u4", ">u4", "<u8", ">u8", "|b1"]


def encoded(array, version=None):
    """The `.npy` file of an array."""
    file = io.BytesIO()
    numpy.lib.format.write_array(file, array, version=version, allow_pickle=True)
    return base64.b64encode(file.getvalue()).decode()


def values(array):
    return [repr(float(value)) for value in array.ravel(order="C")]


def numbers(descr):
    dtype = numpy.dtype(descr)
    if dtype.kind == "f":
        return generator.normal(size=(4, 3)).astype(dtype)
    if dtype.kind == "b":
        return generator.integers(0, 2, size=(4, 3)).astype(dtype)
    limits = numpy.iinfo(dtype)
    low, high = max(limits.min, -(2**53)), min(limits.max, 2**53)
    return generator.integers(low, high, size=(4, 3)).astype(dtype)


arrays = {descr: numbers(descr) for descr in NUMBERS}
arrays["fortran"] = numpy.asfortranarray(generator.normal(size=(5, 3)))
arrays["fortran 4d"] = numpy.asfortranarray(generator.normal(size=(3, 2, 4, 2)).astype("f4"))
arrays["scalar"] = numpy.array(2.5)
arrays["empty"] = numpy.zeros((0, 3))
arrays["special"] = numpy.array([numpy.nan, numpy.inf, -numpy.inf, -0.0])


def zipped(write):
    file = io.BytesIO()
    write(file)
    return base64.b64encode(file.getvalue()).decode()


class Pipe(io.RawIOBase):
    """A file that cannot be sought in, which makes zipfile write data descriptors."""

    def __init__(self, file):
        self.file = file

    def writable(self):
        return True

    def write(self, data):
        return self.file.write(data)


def described(file):
    with zipfile.ZipFile(Pipe(file), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in {"x": arrays["fortran"], "y": arrays["<i4"]}.items():
            inner = io.BytesIO()
            numpy.save(inner, array)
            archive.writestr(f"{name}.npy", inner.getvalue())


def wide(file):
    """ZIP64 fields in every entry, and a ZIP64 end of the directory."""
    zipfile.ZIP64_LIMIT, limit = 10, zipfile.ZIP64_LIMIT
    try:
        numpy.savez_compressed(file, x=arrays["fortran"], y=arrays["<i4"])
    finally:
        zipfile.ZIP64_LIMIT = limit


json.dump(
    {
        "numbers": [
            {"name": name, "shape": array.shape, "values": values(array), "file": encoded(array)}
            for name, array in arrays.items()
        ],
        "versions": [encoded(arrays["<f8"], version) for version in [(1, 0), (2, 0), (3, 0)]],
        "version_values": values(arrays["<f8"]),
        "texts": encoded(numpy.array(["red", "日本", "\U0001f600 x", ""])),
        "big_texts": encoded(numpy.array(["red", "ä"]).astype(">U3")),
        "bytes": encoded(numpy.array([b"red", b"green"])),
        "refused": {
            "objects": encoded(numpy.array([{}, 1], dtype=object)),
            "complex": encoded(numpy.array([1j])),
            "records": encoded(numpy.zeros(2, dtype=[("a", "f4"), ("b", "i4")])),
            "dates": encoded(numpy.array(["2020-01-01"], dtype="datetime64[D]")),
            "long double": encoded(numpy.zeros(1, dtype=numpy.longdouble)),
            "beyond 2^53": encoded(numpy.array([1, 2, 2**53 + 1])),
        },
        "zips": {
            "stored": zipped(lambda file: numpy.savez(file, x=arrays["fortran"], y=arrays["<i4"])),
            "deflated": zipped(lambda file: numpy.savez_compressed(file, x=arrays["fortran"], y=arrays["<i4"])),
            "described": zipped(described),
            "zip64": zipped(wide),
        },
        "x": values(arrays["fortran"]),
        "y": values(arrays["<i4"]),
    },
    sys.stdout,
)
