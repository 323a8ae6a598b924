import { roundHalfEven } from "./round-half-even.ts";

/** 1 where a weight stays, 0 where it goes. */
export type Mask = Uint8Array;

/**
 * Masks that remove the k smallest |w| of all `tensors` together, k = round(fraction·n) with halves to
 * even, as `torch.nn.utils.prune` counts. Of equal ones those with the smaller index go first, tensors
 * in their order. NaN counts as largest, so that it stays to be seen. Nothing goes at fraction 0.
 *
 * The seeds' pruning sets the *largest* weights to zero (|w| ≥ t·max), which removes what the network
 * has learned; what is meant, and done here, is the smallest.
 *
 * @see Han et al. 2015, arXiv:1506.02626, section 3.1.
 */
export function smallestMasks(tensors: readonly Float32Array[], fraction: number): Mask[] {
  const total = tensors.reduce((sum, { length }) => sum + length, 0);
  const count = roundHalfEven(fraction * total);
  const limit = nthMagnitude(tensors, total, count);
  if (limit === undefined) return tensors.map(({ length }) => new Uint8Array(length).fill(1));
  const below = tensors.reduce(
    (sum, tensor) => sum + tensor.filter((weight) => Math.abs(weight) < limit).length,
    0,
  );
  let ties = count - below;
  const isRemoved = (weight: number) => {
    const magnitude = Math.abs(weight);
    return magnitude < limit || (magnitude === limit && ties-- > 0);
  };
  return tensors.map((tensor) => Uint8Array.from(tensor, (weight) => (isRemoved(weight) ? 0 : 1)));
}

/** The `count`-th smallest |w|, counted from 1. */
function nthMagnitude(
  tensors: readonly Float32Array[],
  total: number,
  count: number,
): number | undefined {
  if (count === 0) return undefined;
  const magnitudes = new Float32Array(total);
  let offset = 0;
  for (const tensor of tensors) {
    magnitudes.set(tensor.map(Math.abs), offset);
    offset += tensor.length;
  }
  return magnitudes.sort()[count - 1];
}

/** Removes |w| < threshold; NaN stays. */
export function thresholdMask(weights: Float32Array, threshold: number): Mask {
  return Uint8Array.from(weights, (weight) => (Math.abs(weight) < threshold ? 0 : 1));
}

/** max|w| of all tensors; NaN takes no part, 0 of nothing. */
export function largestMagnitude(tensors: readonly Float32Array[]): number {
  let largest = 0;
  for (const tensor of tensors) {
    for (const weight of tensor) {
      const magnitude = Math.abs(weight);
      if (magnitude > largest) largest = magnitude;
    }
  }
  return largest;
}
