import type { Moments } from "./moments.ts";
import type { Address, Kernels } from "./solver/kernels.ts";

/** Moments of a training part about its own means, in the kernels' memory; see `centreMoments`. */
export interface TrainingMoments {
  readonly rows: number;
  readonly ld: number;
  readonly columns: number;
  readonly outputs: number;
  /** Gram matrix [ld, ld] of the centred features, in units of `scale`. */
  readonly gram: Address;
  /** Xᵀy [outputs, ld], in the same units. */
  readonly cross: Address;
  /** Σ(y − ȳ)² by output. */
  readonly squareY: Float64Array;
  /** Means about the shift. */
  readonly mean: Float64Array;
  readonly meanY: Float64Array;
  /** What a feature is divided by: its standard deviation (divisor n) or 1. */
  readonly scale: Float64Array;
}

export interface PartOfRows {
  readonly columns: number;
  /** The training part is the rows of `plus` without those of `minus`. */
  readonly plus: readonly Moments[];
  readonly minus: readonly Moments[];
  readonly standardize: boolean;
}

/**
 * The moments of a training part, from those of blocks of rows: G = Σ₊G − Σ₋G − m·x̄x̄ᵀ.
 *
 * With `standardize` a feature is measured in its standard deviation over the part, constant features
 * in 1.
 *
 * @throws {RangeError} If the part has no rows.
 */
export function centreMoments(kernels: Kernels, part: PartOfRows): TrainingMoments {
  const { columns, plus, minus } = part;
  const [head] = plus;
  const rows = total(plus, ({ rows }) => rows) - total(minus, ({ rows }) => rows);
  if (head === undefined || rows < 1) throw new RangeError("Cannot fit a part without rows");
  const ld = head.sum.length;
  const outputs = head.sumY.length;
  const mean = difference(plus, minus, "sum").map((sum) => sum / rows);
  const meanY = difference(plus, minus, "sumY").map((sum) => sum / rows);
  const squareY = difference(plus, minus, "squareY").map((sum, k) =>
    Math.max(0, sum - rows * (meanY[k] ?? 0) ** 2),
  );

  const gram = kernels.numbers(ld * ld);
  const cross = kernels.numbers(outputs * ld);
  const means = kernels.numbers(ld);
  const zero = kernels.numbers(ld * ld);
  addGrams(kernels.floats(gram, ld * ld), plus, minus);
  kernels.floats(means, ld).set(mean);
  kernels.leaveOut(gram, gram, zero, means, rows, ld);
  kernels.mirror(gram, ld);
  const sums = difference(plus, minus, "cross");
  kernels
    .floats(cross, outputs * ld)
    .set(
      sums.map((sum, at) => sum - rows * (mean[at % ld] ?? 0) * (meanY[Math.floor(at / ld)] ?? 0)),
    );

  const moments = { rows, ld, columns, outputs, gram, cross, squareY, mean, meanY };
  const scale = new Float64Array(ld).fill(1);
  clearConstants(kernels, moments, plus);
  if (part.standardize) rescale(kernels, moments, scale);
  return { ...moments, scale };
}

type Unscaled = Omit<TrainingMoments, "scale">;

/** Rounding leaves a trace of a column that is constant over the part; its weight must be exactly 0. */
function clearConstants(kernels: Kernels, moments: Unscaled, plus: readonly Moments[]): void {
  const { ld, columns, gram, cross, outputs } = moments;
  const g = kernels.floats(gram, ld * ld);
  const c = kernels.floats(cross, outputs * ld);
  for (let j = 0; j < columns; j++) {
    const raw = total(plus, (block) => block.gram[j * ld + j] ?? 0);
    if ((g[j * ld + j] ?? 0) > 1e-13 * raw) continue;
    for (let i = 0; i < ld; i++) {
      g[i * ld + j] = 0;
      g[j * ld + i] = 0;
    }
    for (let k = 0; k < outputs; k++) c[k * ld + j] = 0;
  }
}

function rescale(kernels: Kernels, moments: Unscaled, scale: Float64Array): void {
  const { rows, ld, columns, gram, cross, outputs } = moments;
  const g = kernels.floats(gram, ld * ld);
  const c = kernels.floats(cross, outputs * ld);
  for (let j = 0; j < columns; j++) {
    const deviation = Math.sqrt((g[j * ld + j] ?? 0) / rows);
    if (deviation > 0) scale[j] = deviation;
  }
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < columns; j++)
      g[i * ld + j] = (g[i * ld + j] ?? 0) / ((scale[i] ?? 0) * (scale[j] ?? 0));
  }
  for (let k = 0; k < outputs; k++) {
    for (let j = 0; j < columns; j++) c[k * ld + j] = (c[k * ld + j] ?? 0) / (scale[j] ?? 0);
  }
}

function addGrams(into: Float64Array, plus: readonly Moments[], minus: readonly Moments[]): void {
  for (const { gram } of plus) {
    for (let at = 0; at < into.length; at++) into[at] = (into[at] ?? 0) + (gram[at] ?? 0);
  }
  for (const { gram } of minus) {
    for (let at = 0; at < into.length; at++) into[at] = (into[at] ?? 0) - (gram[at] ?? 0);
  }
}

function difference(
  plus: readonly Moments[],
  minus: readonly Moments[],
  field: "sum" | "sumY" | "squareY" | "cross",
): Float64Array {
  const result = new Float64Array(plus[0]?.[field].length ?? 0);
  const add = (blocks: readonly Moments[], sign: number) => {
    for (const block of blocks) {
      for (let at = 0; at < result.length; at++)
        result[at] = (result[at] ?? 0) + sign * (block[field][at] ?? 0);
    }
  };
  add(plus, 1);
  add(minus, -1);
  return result;
}

function total<T>(items: readonly T[], amountOf: (item: T) => number): number {
  return items.reduce((sum, item) => sum + amountOf(item), 0);
}
