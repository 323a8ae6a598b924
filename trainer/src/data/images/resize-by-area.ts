import type { RgbImage } from "./rgb-image.ts";

/**
 * A picture brought to `size` × `size` pixels, 0..1 [size, size, 3]: each pixel is the mean over the
 * area of the picture that it covers, parts of pixels by their share. Other sides are squeezed.
 *
 * It is separable: rows first, then columns, in binary64.
 */
export function resizeByArea({ width, height, rgb }: RgbImage, size: number): Float32Array {
  const rows = new Float64Array(size * width * 3);
  shares(height, size, (target, source, share) => {
    for (let at = 0; at < width * 3; at++) {
      const index = target * width * 3 + at;
      rows[index] = (rows[index] ?? 0) + share * (rgb[source * width * 3 + at] ?? 0);
    }
  });
  const pixels = new Float64Array(size * size * 3);
  shares(width, size, (target, source, share) => {
    for (let row = 0; row < size; row++) {
      for (let channel = 0; channel < 3; channel++) {
        const index = (row * size + target) * 3 + channel;
        pixels[index] =
          (pixels[index] ?? 0) + share * (rows[(row * width + source) * 3 + channel] ?? 0);
      }
    }
  });
  return Float32Array.from(pixels, (value) => value / 255);
}

/** Calls `add` with every pixel of a side that a target pixel covers, and its share of the target. */
function shares(
  length: number,
  size: number,
  add: (target: number, source: number, share: number) => void,
): void {
  const step = length / size;
  for (let target = 0; target < size; target++) {
    const [start, end] = [target * step, (target + 1) * step];
    for (let source = Math.floor(start); source < Math.min(length, Math.ceil(end)); source++) {
      const covered = Math.min(end, source + 1) - Math.max(start, source);
      if (covered > 0) add(target, source, covered / step);
    }
  }
}
