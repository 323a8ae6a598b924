/**
 * min(|w|, bound)·sign(w). Zeros and NaN stay, nothing changes at an infinite bound.
 *
 * The bound is share·max|w|. The seeds compare with share·max|w| and then write ±share: unless the
 * largest weight is 1 that moves clipped weights past those that were left alone, or makes them larger
 * than they were. Here threshold and bound are one number.
 */
export function clipWeights(weights: Float32Array, bound: number): Float32Array {
  return weights.map((weight) => (Math.abs(weight) > bound ? Math.sign(weight) * bound : weight));
}
