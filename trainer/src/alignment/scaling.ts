import { finiteRows, selectRows } from "../../../core/measures/unit-rows.ts";
import { applyScaler, fitScaler, type Scaler } from "../features/scaler.ts";
import { columnDeviations } from "../linear-algebra/centre.ts";
import { type Dense, toDense } from "../linear-algebra/products.ts";

/** How a modality's numbers are brought to a common scale before a map is fitted. */
export type ScalingMethod = "none" | "center" | "standardize" | "unit_norm";

export interface Scaling {
  /** √ mean (x − mean)² over all entries as they came: the modality's own scale. */
  readonly spread: number;
  apply(rows: Dense): Dense;
}

/**
 * Learns the scaling from training rows alone. Rows that are not finite are left out, and stay so.
 *
 * `center` takes off the column means; `standardize` also divides by the column deviations (1/n), a
 * constant column is only centred, see {@link fitScaler}; `unit_norm` first divides every row by its
 * length, then takes off the means; `none` leaves the numbers as they are.
 *
 * @throws {RangeError} If no row is finite.
 */
export function fitScaling(rows: Dense, method: ScalingMethod): Scaling {
  const known = toDense(selectRows(rows, finiteRows(rows)));
  if (known.rows === 0) throw new RangeError("Cannot scale a modality that no training row has");
  const squares = columnDeviations(known).reduce((sum, value) => sum + value * value, 0);
  const divided = method === "unit_norm" ? unitLength(known) : known;
  const scaler = fitMethod(divided, method);
  return {
    spread: Math.sqrt(squares / known.columns),
    apply(given) {
      const base = method === "unit_norm" ? unitLength(given) : given;
      return scaler === undefined ? base : { ...base, data: applyScaler(scaler, base) };
    },
  };
}

/** Nothing for `none`. */
function fitMethod(known: Dense, method: ScalingMethod): Scaler | undefined {
  if (method === "none") return undefined;
  const every = Int32Array.from({ length: known.rows }, (_, row) => row);
  const fitted = fitScaler(known, every);
  return method === "standardize"
    ? fitted
    : { ...fitted, scale: new Float64Array(known.columns).fill(1) };
}

/** Rows of length 1; a row of zeros stays one. */
function unitLength({ rows, columns, data }: Dense): Dense {
  const scaled = Float64Array.from(data);
  for (let row = 0; row < rows; row += 1) {
    const part = scaled.subarray(row * columns, (row + 1) * columns);
    const length = Math.sqrt(part.reduce((sum, value) => sum + value * value, 0));
    if (length !== 0) part.set(part.map((value) => value / length));
  }
  return { rows, columns, data: scaled };
}
