import type { Mask } from "./magnitude-mask.ts";

const GROUP = 4;
const REMOVED = 2;

/**
 * Of every four weights that follow each other along the inputs, the two smallest |w| go, of equal
 * ones those that come first: the pattern that sparse tensor cores multiply by.
 *
 * Shape [..., inputs, outputs]. `undefined` where the inputs are not a multiple of four, or the
 * tensor has no inputs: such a tensor must stay dense.
 *
 * @see Mishra et al. 2021, arXiv:2104.08378, section 3.
 */
export function twoOfFourMask(weights: Float32Array, shape: readonly number[]): Mask | undefined {
  const inputs = shape.at(-2);
  const outputs = shape.at(-1) ?? 1;
  if (inputs === undefined || inputs % GROUP !== 0) return undefined;
  const mask = new Uint8Array(weights.length).fill(1);
  for (let start = 0; start < weights.length; start += GROUP * outputs) {
    for (let output = 0; output < outputs; output++) {
      const places = [0, 1, 2, 3].map((input) => start + input * outputs + output);
      const ranked = places.toSorted((a, b) => magnitude(weights, a) - magnitude(weights, b));
      for (const place of ranked.slice(0, REMOVED)) mask[place] = 0;
    }
  }
  return mask;
}

/** NaN counts as largest. */
function magnitude(weights: Float32Array, place: number): number {
  const value = Math.abs(weights[place] ?? 0);
  return Number.isNaN(value) ? Number.MAX_VALUE : value;
}
