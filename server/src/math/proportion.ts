import { isSameShape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** Relative size of what may remain after the best multiple is taken away. */
const FORM_TOLERANCE = 1e-5;
/** Factors nearer than this, relative, are equal. */
const FACTOR_TOLERANCE = 1e-3;

/** c·m^power, where m is the number of samples. */
export interface Factor {
  readonly value: number;
  readonly power: -1 | 0 | 1;
}

/**
 * The c that minimises ‖g − c·t‖₂, when it leaves at most 1e-5 of ‖g‖₂.
 *
 * `undefined` when `given` is no multiple of `target`, or either is zero or not finite.
 * Shapes that differ in axes of length 1 alone are taken as equal, as broadcasting does.
 */
export function proportion(given: Tensor, target: Tensor): number | undefined {
  const squeezed = ({ shape }: Tensor) => shape.filter((length) => length !== 1);
  if (!isSameShape(squeezed(given), squeezed(target))) return undefined;
  const normSquared = dot(target, target);
  const factor = dot(given, target) / normSquared;
  if (!Number.isFinite(factor) || factor === 0) return undefined;
  const rest = given.data.map((value, index) => value - factor * (target.data[index] ?? 0));
  return Math.hypot(...rest) <= FORM_TOLERANCE * Math.hypot(...given.data) ? factor : undefined;
}

const dot = (a: Tensor, b: Tensor): number =>
  a.data.reduce((total, value, index) => total + value * (b.data[index] ?? 0), 0);

export const isClose = (a: number, b: number): boolean =>
  Math.abs(a - b) <= FACTOR_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));

/**
 * The one law c·m^p, p in {0, 1, −1}, that factors seen at several sample counts follow.
 *
 * `undefined` when they follow none of them: then something else scales the factor.
 */
export function commonFactor(
  seen: readonly { readonly factor: number; readonly samples: number }[],
): Factor | undefined {
  for (const power of [0, 1, -1] as const) {
    const values = seen.map(({ factor, samples }) => factor / samples ** power);
    const [first] = values;
    if (first !== undefined && values.every((value) => isClose(value, first))) {
      return { value: roundedToFraction(first), power };
    }
  }
  return undefined;
}

/** Removes the noise of central differences from factors that are simple fractions. */
function roundedToFraction(value: number): number {
  for (const denominator of [1, 2, 3, 4]) {
    const rounded = Math.round(value * denominator) / denominator;
    if (rounded !== 0 && Math.abs(value - rounded) < 1e-6 * Math.abs(rounded)) return rounded;
  }
  return value;
}
