import {
  type Axes,
  type AxisLengths,
  isCount,
  isScalarSymbol,
  lengthsOf,
} from "./assign-shapes.ts";
import type { SymbolIr } from "./ir.ts";
import type { RandomSource } from "./random-source.ts";
import { type Shape, sizeOf } from "./shape.ts";
import { scalar, type Tensor } from "./tensor.ts";

/** Sizes of the test problems: several numbers of samples, so that a factor of m or 1/m shows. */
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
 * What labels and masks are drawn as. Gradients may be right only for some of them: y² = 1 holds for
 * signs, r² = r for masks, and rows that sum to 1 make softmax's gradient what it is.
 */
export const REGIMES = ["real", "binary", "signs", "one-hot"] as const;
export type Regime = (typeof REGIMES)[number];

export interface Drawing {
  readonly lengths: AxisLengths;
  readonly random: RandomSource;
  /** Whether real arrays are positive, for expressions that take logarithms. */
  readonly isPositive: boolean;
  readonly regime: Regime;
  /** Keys of the symbols that the regime is for. */
  readonly labels: ReadonlySet<string>;
}

/** Random values for symbols of given shapes: counts are m, scalars positive, arrays of either sign. */
export function drawValues(
  symbols: readonly SymbolIr[],
  axes: ReadonlyMap<string, Axes>,
  drawing: Drawing,
): Map<string, Tensor> {
  const { lengths, random, isPositive, regime, labels } = drawing;
  const magnitude = () => SMALLEST + (LARGEST - SMALLEST) * random();
  const values = new Map<string, Tensor>();
  for (const symbol of symbols) {
    const shape = lengthsOf(axes.get(symbol.key) ?? [], lengths);
    if (isCount(symbol) && shape.length === 0) {
      values.set(symbol.key, scalar(lengths.m));
    } else if (isScalarSymbol(symbol) || shape.length === 0) {
      values.set(symbol.key, scalar(magnitude()));
    } else if (regime !== "real" && labels.has(symbol.key)) {
      values.set(symbol.key, drawLabels(shape, regime, random));
    } else {
      const entry = () => (isPositive || random() < 0.5 ? 1 : -1) * magnitude();
      values.set(symbol.key, { shape, data: Float64Array.from({ length: sizeOf(shape) }, entry) });
    }
  }
  return values;
}

function drawLabels(shape: Shape, regime: Exclude<Regime, "real">, random: RandomSource): Tensor {
  const data = new Float64Array(sizeOf(shape));
  if (regime === "one-hot" && shape.length === 2) {
    const columns = shape[1] ?? 1;
    for (let row = 0; row < data.length; row += columns) {
      data[row + Math.floor(random() * columns)] = 1;
    }
    return { shape, data };
  }
  const low = regime === "signs" ? -1 : 0;
  return { shape, data: data.map(() => (random() < 0.5 ? low : 1)) };
}
