"""Draws pictures with Pillow in many formats, and means over areas of them with NumPy."""
import base64
import io
import json
import sys

import numpy
from PIL import Image

size = json.load(sys.stdin)["size"]
y, x = numpy.mgrid[0:37, 0:53]
red = 127 + 120 * numpy.sin(x / 9) * numpy.cos(y / 7)
rgb = numpy.stack([red, 4 * x + 20, 255 - 6 * y], -1).clip(0, 255).astype("uint8")
alpha = (255 * (x / 52)).astype("uint8")
picture = Image.fromarray(rgb)
palette = Image.new("P", picture.size)
palette.putpalette([value for index in range(256) for value in (index, 255 - index, index // 2)])
palette.frombytes(alpha.tobytes())
few = picture.quantize(4)
transparent = Image.fromarray(numpy.dstack([rgb, alpha]))
white = Image.new("RGBA", picture.size, (255, 255, 255, 255))


def stored(image, format, **options):
    file = io.BytesIO()
    image.save(file, format, **options)
    return base64.b64encode(file.getvalue()).decode()


def expected(image):
    """Pixels, and their means over areas: each pixel is repeated until areas are whole numbers of them."""
    pixels = numpy.asarray(image.convert("RGB"))
    height, width, _ = pixels.shape
    fine = pixels.astype(float).repeat(size, 0).repeat(size, 1)
    means = fine.reshape(size, height, size, width, 3).mean((1, 3))
    return {"rgb": pixels.ravel().tolist(), "means": means.ravel().tolist()}


sixteen = Image.fromarray((red.clip(0, 255) * 257).astype("uint16"))
images = [
    ("png rgb", stored(picture, "PNG"), picture, 0),
    ("png grey", stored(picture.convert("L"), "PNG"), picture.convert("L"), 0),
    ("png grey 16 bit", stored(sixteen, "PNG"), Image.fromarray((red.clip(0, 255)).astype("uint8")), 1),
    ("png 1 bit", stored(picture.convert("1"), "PNG"), picture.convert("1"), 0),
    ("png palette", stored(palette, "PNG"), palette, 0),
    ("png palette of 4", stored(few, "PNG", bits=2), few, 0),
    ("png rgba", stored(transparent, "PNG"), Image.alpha_composite(white, transparent), 1),
    ("jpeg", stored(picture, "JPEG", quality=95, subsampling=0), None, 3),
    ("jpeg progressive", stored(picture, "JPEG", quality=95, subsampling=0, progressive=True), None, 3),
    ("jpeg grey", stored(picture.convert("L"), "JPEG", quality=95), None, 3),
    ("jpeg 4:2:0", stored(picture, "JPEG", quality=95, subsampling=2), None, 24),
]
answer = []
for name, file, reference, tolerance in images:
    decoded = reference if reference is not None else Image.open(io.BytesIO(base64.b64decode(file)))
    answer.append({"name": name, "file": file, "tolerance": tolerance, "width": picture.width, "height": picture.height, **expected(decoded)})
json.dump(answer, sys.stdout)
