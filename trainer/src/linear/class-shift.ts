import type { Penalty } from "./class-step.ts";

/**
 * The number c that minimises l1·Σ|wₖ + c| + ½l2·Σ(wₖ + c)²: softmax probabilities do not change when
 * all classes' weights of a feature are shifted alike, the penalty does. 0 where nothing is gained.
 */
export function cheapestShift(weights: readonly number[], { l1, l2 }: Penalty): number {
  const count = weights.length;
  const slopeAt = (shift: number, side: number) =>
    weights.reduce((slope, weight) => {
      const moved = weight + shift;
      return slope + l1 * (moved === 0 ? side : Math.sign(moved)) + l2 * moved;
    }, 0);
  if (slopeAt(0, -1) <= 0 && slopeAt(0, 1) >= 0) return 0;
  const kinks = weights.map((weight) => -weight).toSorted((a, b) => a - b);
  const kink = kinks.find((shift) => slopeAt(shift, 1) >= 0) ?? kinks.at(-1) ?? 0;
  if (slopeAt(kink, -1) <= 0 && slopeAt(kink, 1) >= 0) return kink;
  // Between two kinks the slope is a straight line.
  return l2 > 0 ? kink - slopeAt(kink, slopeAt(kink, 1) >= 0 ? -1 : 1) / (l2 * count) : kink;
}
