import { isFiniteRow } from "../../../core/measures/unit-rows.ts";
import { columnDeviations, columnMeans } from "../linear-algebra/centre.ts";
import type { Dense } from "../linear-algebra/products.ts";

/** How a modality's numbers are brought to a common scale before a map is fitted. */
export type ScalingMethod = "none" | "center" | "standardize" | "unit_norm";

export interface Scaling {
  /** Taken off every row, after `unit_norm`'s division where that is the method. */
  readonly means: Float64Array;
  /** Every column is multiplied by its factor after that; 0 for a constant column. */
  readonly factors: Float64Array;
  /** √ mean (x − mean)² over all entries as they came: the modality's own scale. */
  readonly spread: number;
  /** Constant columns, which carry nothing. */
  readonly constantColumns: number;
  apply(rows: Dense): Dense;
}

/**
 * Learns the scaling from training rows alone. Rows that are not finite are left out, and stay so.
 *
 * `center` takes off the column means; `standardize` also divides by the column deviations (1/n);
 * `unit_norm` first divides every row by its length, then takes off the means; `none` leaves the
 * numbers as they are.
 *
 * @throws {RangeError} If no row is finite.
 */
export function fitScaling(rows: Dense, method: ScalingMethod): Scaling {
  const known = finite(rows);
  if (known.rows === 0) throw new RangeError("Cannot scale a modality that no training row has");
  const raw = columnDeviations(known);
  const spread = Math.sqrt(raw.reduce((sum, value) => sum + value * value, 0) / known.columns);
  const divided = method === "unit_norm" ? unitLength(known) : known;
  const means = method === "none" ? new Float64Array(rows.columns) : columnMeans(divided);
  const factors = raw.map((value) => {
    if (method !== "standardize") return 1;
    return value > 0 ? 1 / value : 0;
  });
  return {
    means,
    factors,
    spread,
    constantColumns: raw.filter((value) => value === 0).length,
    apply(given) {
      const base = method === "unit_norm" ? unitLength(given) : given;
      const { columns } = base;
      const data = base.data.map(
        (value, index) => (value - (means[index % columns] ?? 0)) * (factors[index % columns] ?? 0),
      );
      return { ...base, data };
    },
  };
}

function finite(rows: Dense): Dense {
  const kept = Array.from({ length: rows.rows }, (_, row) => row).filter((row) =>
    isFiniteRow(rows, row),
  );
  const data = new Float64Array(kept.length * rows.columns);
  for (const [index, row] of kept.entries()) {
    data.set(
      rows.data.subarray(row * rows.columns, (row + 1) * rows.columns),
      index * rows.columns,
    );
  }
  return { rows: kept.length, columns: rows.columns, data };
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
