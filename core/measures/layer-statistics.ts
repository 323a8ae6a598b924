import { deadUnits } from "./dead-units.ts";
import { type Histogram, histogram } from "./histogram.ts";
import { nearZeros } from "./near-zeros.ts";
import { singularValues } from "./singular-values.ts";

/** Sums run over the finite entries, in order and in binary64. */
export interface LayerStatistics {
  readonly count: number;
  /** Entries that are exactly +0 or −0. */
  readonly zeros: number;
  /** Entries below `nearZeroThreshold(maxAbs)` in magnitude, exact zeros apart. */
  readonly nearZeros: number;
  /** Entries that are NaN or ±∞. */
  readonly nonFinite: number;
  /** Σ|w| */
  readonly l1: number;
  /** √Σw² */
  readonly l2: number;
  /** max |w|, 0 without entries. */
  readonly maxAbs: number;
  readonly deadUnits?: number;
  readonly units?: number;
  readonly histogram: Histogram;
  /** Singular values of the [∏rest, out] matrix, largest first. */
  readonly spectrum?: readonly number[];
}

/**
 * What the weights view says about one parameter tensor of the given shape, [.., in, out].
 *
 * Units and spectrum are there for rank 2 and above; the spectrum also needs finite weights and a
 * size that `singularValues` accepts.
 *
 * @throws {RangeError} If `shape` does not fit `weights`.
 */
export function layerStatistics(
  weights: Float32Array | Float64Array,
  shape: readonly number[],
): LayerStatistics {
  if (shape.reduce((product, side) => product * side, 1) !== weights.length) {
    throw new RangeError(`Cannot view ${weights.length} weights as [${shape.join(", ")}]`);
  }
  let [zeros, nonFinite, l1, squares, maxAbs] = [0, 0, 0, 0, 0];
  for (const weight of weights) {
    if (weight === 0) {
      zeros += 1;
    } else if (Number.isFinite(weight)) {
      const magnitude = Math.abs(weight);
      l1 += magnitude;
      squares += magnitude * magnitude;
      maxAbs = Math.max(maxAbs, magnitude);
    } else {
      nonFinite += 1;
    }
  }
  const outputs = deadUnits(weights, shape);
  const spectrum =
    outputs === undefined || nonFinite > 0
      ? undefined
      : singularValues({
          rows: weights.length / outputs.units,
          columns: outputs.units,
          data: weights,
        });
  return {
    count: weights.length,
    zeros,
    nearZeros: nearZeros(weights, maxAbs),
    nonFinite,
    l1,
    l2: Math.sqrt(squares),
    maxAbs,
    ...(outputs === undefined ? {} : { deadUnits: outputs.dead, units: outputs.units }),
    histogram: histogram(weights),
    ...(spectrum === undefined ? {} : { spectrum: [...spectrum] }),
  };
}
