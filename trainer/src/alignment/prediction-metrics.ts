import { finiteRows } from "../../../core/measures/unit-rows.ts";
import { columnMeans } from "../linear-algebra/centre.ts";
import type { Dense } from "../linear-algebra/products.ts";

/**
 * `rmse` = √ mean (ŷ − y)² over all entries, and `r2` = 1 − Σ(ŷ − y)²/Σ(y − ȳ)², sums over all rows and
 * columns, ȳ the mean of each column: columns count by their variance, as in scikit-learn's
 * `r2_score(multioutput="variance_weighted")`.
 *
 * Rows that are not finite on a side are left out; NaN without rows, and for an R² of constant columns.
 */
export function predictionMetrics(
  predicted: Dense,
  truth: Dense,
): { readonly rmse: number; readonly r2: number } {
  const { columns } = truth;
  const rows = finiteRows(predicted, truth);
  const known = {
    rows: rows.length,
    columns,
    data: Float64Array.from(
      rows.flatMap((row) => [...truth.data.subarray(row * columns, (row + 1) * columns)]),
    ),
  };
  const means = columnMeans(known);
  let [residual, total] = [0, 0];
  for (const row of rows) {
    for (let k = 0; k < columns; k += 1) {
      const value = truth.data[row * columns + k] ?? 0;
      residual += ((predicted.data[row * columns + k] ?? 0) - value) ** 2;
      total += (value - (means[k] ?? 0)) ** 2;
    }
  }
  return {
    rmse: Math.sqrt(residual / (rows.length * columns)),
    r2: total > 0 ? 1 - residual / total : Number.NaN,
  };
}
