import { createMeasureKernels } from "./kernels/kernels.ts";

/** Vectors of a panel. */
const WIDTH = 4;
/** Entries of the vectors that are multiplied at a time: two panels stay in the first-level cache. */
const BLOCK = 256;

/**
 * vᵢ·vⱼ in binary64, [n, n], for n vectors of equal length.
 *
 * Sums run over 256 entries at a time. Takes n²/2 times the length multiplications.
 */
export function gram(vectors: readonly Float64Array[]): Float64Array {
  const n = vectors.length;
  const length = vectors[0]?.length ?? 0;
  const panels = Math.ceil(n / WIDTH);
  const side = WIDTH * panels;
  const kernels = createMeasureKernels();
  const packed = kernels.words(2 * side * BLOCK);
  const products = kernels.words(2 * side * side);
  const room = kernels.doubles(packed, side * BLOCK);
  for (let from = 0; from < length; from += BLOCK) {
    const count = Math.min(BLOCK, length - from);
    for (const [index, vector] of vectors.entries()) {
      let place = Math.floor(index / WIDTH) * WIDTH * BLOCK + (index % WIDTH);
      for (let k = from; k < from + count; k += 1, place += WIDTH) room[place] = vector[k] ?? 0;
    }
    kernels.addGram(packed, panels, count, BLOCK, products);
  }
  return mirrored(kernels.doubles(products, side * side), side, n);
}

/** The first n rows and columns of a lower triangle, and its upper half. */
function mirrored(lower: Float64Array, side: number, n: number): Float64Array {
  const full = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const product = lower[i * side + j] ?? 0;
      full[i * n + j] = product;
      full[j * n + i] = product;
    }
  }
  return full;
}
