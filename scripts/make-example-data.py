"""Writes the small data sets of examples/data from a seed: `python scripts/make-example-data.py`.

Needs numpy, pillow, safetensors and pyarrow 26.0.1. Every set is made so that there is something to learn.
"""
import json
import pathlib

import numpy
import pyarrow
from PIL import Image, ImageDraw
from pyarrow import parquet
from safetensors.numpy import save_file

FOLDER = pathlib.Path(__file__).parent.parent / "examples" / "data"
generator = numpy.random.default_rng(20260301)


def heating():
    """CSV: the heat that a house needs, of its area, walls, age, and the day's cold."""
    rows = 200
    area = generator.uniform(40, 260, rows).round(1)
    cold = generator.normal(12, 6, rows).clip(0).round(1)
    age = generator.integers(0, 120, rows)
    walls = generator.choice(["brick", "timber", "concrete"], rows)
    loss = numpy.select([walls == "brick", walls == "timber"], [1.2, 0.8], 1.5)
    heat = (0.004 * area * cold * loss + 0.05 * age + generator.normal(0, 1, rows)).round(2)
    lines = ["house,area,cold,age,walls,noise,heat"]
    for row in range(rows):
        shown = "" if row % 41 == 7 else str(age[row])
        noise = round(float(generator.normal()), 3)
        lines.append(f"{row // 4},{area[row]},{cold[row]},{shown},{walls[row]},{noise},{heat[row]}")
    (FOLDER / "heating.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def petals():
    """Parquet: three kinds of flowers by four lengths."""
    kinds = numpy.repeat(numpy.arange(3), 60)
    centres = numpy.array([[5.0, 3.4, 1.5, 0.2], [5.9, 2.8, 4.3, 1.3], [6.6, 3.0, 5.6, 2.0]])
    lengths = centres[kinds] + generator.normal(0, [0.4, 0.3, 0.35, 0.2], (180, 4))
    order = generator.permutation(180)
    names = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
    columns = {name: lengths[order, index].round(2) for index, name in enumerate(names)}
    columns["kind"] = pyarrow.array(numpy.array(["low", "middle", "high"])[kinds[order]]).dictionary_encode()
    parquet.write_table(pyarrow.table(columns), FOLDER / "petals.parquet", compression="zstd", row_group_size=64)


def rings():
    """NumPy: two rings, which no line parts."""
    angle = generator.uniform(0, 2 * numpy.pi, 240)
    label = numpy.arange(240) % 2
    radius = 1 + label + generator.normal(0, 0.15, 240)
    points = numpy.stack([radius * numpy.cos(angle), radius * numpy.sin(angle)], 1)
    numpy.savez_compressed(FOLDER / "rings.npz", x=points.astype("float32"), y=label.astype("int64"))


def embeddings():
    """NumPy and safetensors: two views of the same hidden factors, on scales that do not match."""
    label = numpy.arange(300) % 5
    hidden = generator.normal(0, 1.6, (5, 8))[label] + generator.normal(0, 0.6, (300, 8))
    image = 10 * hidden @ generator.normal(0, 1, (8, 24)) + generator.normal(0, 1, (300, 24))
    text = hidden @ generator.normal(0, 0.3, (8, 16)) + generator.normal(0, 0.05, (300, 16))
    text[::50] = numpy.nan
    numpy.save(FOLDER / "image-embeddings.npy", image.astype("float32"))
    save_file(
        {"text": text.astype("float32"), "labels": label.astype("int64")},
        FOLDER / "text-embeddings.safetensors",
    )


def tiny_cifar():
    """CIFAR-10's binary form: coloured patches in place of photographs."""
    folder = FOLDER / "cifar-10-batches-bin"
    folder.mkdir(exist_ok=True)
    colours = generator.integers(0, 256, (10, 3))

    def batch(count):
        records = b""
        for index in range(count):
            label = index % 10
            pixels = generator.integers(90, 166, 3).reshape(3, 1, 1) + generator.normal(0, 12, (3, 32, 32))
            top, left = generator.integers(2, 14, 2)
            pixels[:, top : top + 16, left : left + 16] = colours[label].reshape(3, 1, 1)
            records += bytes([label]) + pixels.clip(0, 255).astype("uint8").tobytes()
        return records

    (folder / "data_batch_1.bin").write_bytes(batch(50))
    (folder / "test_batch.bin").write_bytes(batch(20))
    names = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]
    (folder / "batches.meta.txt").write_text("\n".join(names) + "\n\n", encoding="utf-8")


def reviews():
    """IMDB's folder form: sentences put together from parts."""
    good = ["wonderful", "moving", "brilliant", "funny", "superb", "warm"]
    bad = ["dull", "clumsy", "boring", "awful", "lifeless", "flat"]
    things = ["plot", "cast", "music", "script", "ending", "camera work"]
    for part, count in [("train", 40), ("test", 16)]:
        for kind, words in [("neg", bad), ("pos", good)]:
            folder = FOLDER / "aclImdb" / part / kind
            folder.mkdir(parents=True, exist_ok=True)
            for index in range(count // 2):
                pick = lambda choices: choices[generator.integers(len(choices))]
                text = f"The {pick(things)} was {pick(words)},<br /><br />the {pick(things)} even more {pick(words)}. It's a film about a {pick(things)}."
                rating = generator.integers(7, 11) if kind == "pos" else generator.integers(1, 5)
                (folder / f"{index}_{rating}.txt").write_text(text, encoding="utf-8")


def captioned():
    """PNG and JPEG with captions in JSON lines: one shape each."""
    folder = FOLDER / "captioned"
    folder.mkdir(exist_ok=True)
    colours = {"red": (210, 40, 40), "green": (40, 160, 60), "blue": (50, 80, 210)}
    lines = []
    for index in range(60):
        colour = list(colours)[index % 3]
        shape = ["disc", "square"][index // 3 % 2]
        image = Image.new("RGB", (36, 28), (235, 235, 230))
        left, top = (int(value) for value in generator.integers(2, 12, 2))
        box = (left, top, left + 14, top + 14)
        draw = ImageDraw.Draw(image)
        (draw.ellipse if shape == "disc" else draw.rectangle)(box, fill=colours[colour])
        name = f"{index:02d}.{'jpg' if index % 5 == 0 else 'png'}"
        image.save(folder / name)
        side = "left" if left < 7 else "right"
        lines.append(json.dumps({"image": name, "caption": f"A {colour} {shape} on the {side}", "label": colour}))
    (folder / "captions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def sensors():
    """CSV: a quantity that five of forty correlated sensors tell, for a path of λ to find."""
    own = numpy.random.default_rng(11)
    rows, columns = 200, 40
    values = own.normal(0, 1, (rows, columns))
    values[:, 1:] += 0.4 * values[:, :-1]
    weights = numpy.zeros(columns)
    weights[[3, 11, 18, 26, 37]] = [2, -1.5, 1, 3, -2]
    values = values.round(4)
    yields = (10 + values @ weights + own.normal(0, 1.5, rows)).round(4)
    lines = [",".join([*(f"sensor_{column:02d}" for column in range(columns)), "yield"])]
    lines += [",".join(str(number) for number in [*row, y]) for row, y in zip(values, yields)]
    (FOLDER / "sensors.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


FOLDER.mkdir(parents=True, exist_ok=True)
for make in [sensors, heating, petals, rings, embeddings, tiny_cifar, reviews, captioned]:
    make()
