import {
  type Axes,
  type AxisLengths,
  isCount,
  isScalarSymbol,
  lengthsOf,
} from "./assign-shapes.ts";
import type { SymbolIr } from "./ir.ts";
import type { RandomSource } from "./random-source.ts";
import { sizeOf } from "./shape.ts";
import { scalar, type Tensor } from "./tensor.ts";

/** Sizes of the test problems: two numbers of samples, so that a factor of m shows. */
export const PROBLEM_SIZES: readonly AxisLengths[] = [
  { m: 5, n: 3, k: 2 },
  { m: 7, n: 4, k: 3 },
  { m: 4, n: 3, k: 2 },
  { m: 6, n: 2, k: 3 },
];

/** Magnitudes of drawn entries: far from 0, where |w| has its kink, and from what exp cannot bear. */
const SMALLEST = 0.2;
const LARGEST = 1.4;

/**
 * Random values for symbols of given shapes: counts are m, scalars positive, arrays of either sign.
 *
 * @param isPositive Whether arrays are drawn positive too, for expressions that take logarithms.
 */
export function drawValues(
  symbols: readonly SymbolIr[],
  axes: ReadonlyMap<string, Axes>,
  lengths: AxisLengths,
  random: RandomSource,
  isPositive: boolean,
): Map<string, Tensor> {
  const magnitude = () => SMALLEST + (LARGEST - SMALLEST) * random();
  const values = new Map<string, Tensor>();
  for (const symbol of symbols) {
    const shape = lengthsOf(axes.get(symbol.key) ?? [], lengths);
    if (isCount(symbol) && shape.length === 0) {
      values.set(symbol.key, scalar(lengths.m));
    } else if (shape.length === 0 && (isPositive || isScalarSymbol(symbol))) {
      values.set(symbol.key, scalar(magnitude()));
    } else {
      const entry = () => (isPositive || random() < 0.5 ? 1 : -1) * magnitude();
      values.set(symbol.key, { shape, data: Float64Array.from({ length: sizeOf(shape) }, entry) });
    }
  }
  return values;
}
