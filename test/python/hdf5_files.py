"""Writes HDF5 files in every way that h5py knows into a folder; says what h5py reads from them."""
import json
import sys

import h5py
import numpy as np

folder = json.load(sys.stdin)["folder"]
random = np.random.default_rng(5)


def sparse(*shape):
    values = random.standard_normal(shape).astype(np.float32)
    values[np.abs(values) < 0.3] = 0
    return values


def keras(path):
    with h5py.File(path, "w", libver="earliest") as file:
        file.attrs["backend"] = "tensorflow"
        for index in range(40):
            group = file.create_group(f"model_weights/dense_{index}/dense_{index}")
            group.create_dataset("kernel:0", data=sparse(17, 9))
            group.create_dataset("bias:0", data=random.standard_normal(9).astype(np.float16))
        file["iterations"] = np.int64(1200)
        file["double"] = random.standard_normal((3, 4, 5))
        file["empty"] = np.zeros((0, 3), np.float32)


def chunked(path, libver):
    """Every index of chunks, every filter, cut and missing chunks, both orders of bytes."""
    one = {"chunks": (30, 7)}
    with h5py.File(path, "w", libver=libver) as file:
        add = file.create_dataset
        add("plain", data=sparse(100, 40), **one)
        add("whole", data=sparse(60, 14), chunks=(60, 14))
        add("whole_gzip", data=sparse(60, 14), chunks=(60, 14), compression="gzip")
        add("larger", data=sparse(10, 3), chunks=(64, 8), maxshape=(None, 8))
        add("gzip", data=sparse(100, 40), compression="gzip", **one)
        add("shuffle", data=sparse(100, 40), compression="gzip", shuffle=True, **one)
        add("all", data=sparse(100, 40), compression=9, shuffle=True, fletcher32=True, **one)
        add("lzf", data=np.round(sparse(100, 40)), compression="lzf", shuffle=True, **one)
        noise = np.frombuffer(random.bytes(4000), np.uint8)
        add("lzf_noise", data=noise, compression="lzf", chunks=(1000,))
        add("checked", data=sparse(101, 3), fletcher32=True, chunks=(7, 2))
        add("grows", data=sparse(100, 40), maxshape=(None, 40), **one)
        add("grows_gzip", data=sparse(100, 40), maxshape=(None, 40), compression="gzip", **one)
        add("grows_last", data=sparse(6, 9, 50), maxshape=(6, 9, None), chunks=(4, 2, 3))
        add("grows_much", data=sparse(30_000), maxshape=(None,), chunks=(2,))
        add("paged_gzip", data=sparse(9000), maxshape=(None,), chunks=(3,), compression="gzip")
        add("grows_both", data=sparse(200, 90), maxshape=(None, None), chunks=(3, 4))
        add("both_gzip", data=sparse(90, 40), maxshape=(None, None), chunks=(3, 4), compression="lzf")
        add("bounded", data=sparse(50, 20), maxshape=(100, 200), **one)
        add("pages", data=sparse(5000), chunks=(3,))
        add("pages_gzip", data=sparse(5000), chunks=(3,), compression="gzip")
        add("filled", (40, 40), np.float32, chunks=(16, 16), fillvalue=2.5)[3, 3] = 1
        add("unset", (40, 40), np.float64, chunks=(16, 16))[20, 3] = 1
        add("shrunk", data=sparse(100, 40), maxshape=(None, None), chunks=(8, 8)).resize((50, 33))
        add("early", (64, 64), np.float32, chunks=(16, 16))[...] = sparse(64, 64)
        add("kernel", data=sparse(5, 6, 7, 8), chunks=(2, 4, 3, 5), compression="gzip")
        add("big", data=sparse(33, 5).astype(">f4"))
        add("big_gzip", data=sparse(33, 5).astype(">f8"), compression="gzip", shuffle=True)
        add("big_half", data=sparse(33).astype(">f2"))
        add("big_integers", data=np.arange(-5, 50, dtype=">i8"))
        add("half_gzip", data=sparse(33, 5).astype(np.float16), compression="gzip")
        add("bytes_lzf", data=np.arange(3000, dtype=np.uint8) // 7, compression="lzf")
        add("mask", data=random.random(500) < 0.5, compression="gzip")
        space, kind = h5py.h5s.create_simple((37, 5)), h5py.h5t.NATIVE_FLOAT
        plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plist.set_chunk((8, 2))
        plist.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        h5py.h5d.create(file.id, b"implicit", kind, space, plist)
        file["implicit"][...] = sparse(37, 5)


def dense(path, libver, order=False):
    """So many links that they get a heap and an index of their own, of several levels."""
    with h5py.File(path, "w", libver=libver, track_order=order) as file:
        for index in range(1500):
            file[f"weights_of_a_layer_with_a_rather_long_name_{index}"] = np.float32(index % 7)
        group = file.create_group("deep", track_order=order)
        for index in range(20):
            group[f"{index}"] = sparse(3)


files = {"weights.h5": keras}
for libver in ("earliest", "v108", "v110", "latest"):
    files[f"chunked-{libver}.h5"] = lambda path, libver=libver: chunked(path, libver)
    files[f"dense-{libver}.h5"] = lambda path, libver=libver: dense(path, libver)
files["ordered.h5"] = lambda path: dense(path, "latest", order=True)


def statistics(name, item):
    values = np.asarray(item[()], np.float64)
    return {
        "name": name,
        "dtype": item.dtype.newbyteorder("=").name,
        "shape": list(item.shape),
        "count": values.size,
        "zeros": int((values == 0).sum()),
        "non_finite": 0,
        "l1": float(np.abs(values).sum()),
        "l2": float(np.sqrt(np.square(values).sum())),
        "max_abs": float(np.abs(values).max(initial=0)),
    }


def contents(path):
    found = []

    def visit(name, item):
        if isinstance(item, h5py.Dataset):
            found.append(statistics(name, item))

    with h5py.File(path) as file:
        file.visititems(visit)
    return found


for name, write in files.items():
    write(f"{folder}/{name}")
print(json.dumps({name: contents(f"{folder}/{name}") for name in files}))
