import { type Design, paddedColumns } from "./design.ts";
import type { FitPlan } from "./fit-plan.ts";

/**
 * Largest |Xᵀ(y − ȳ)| over features and outputs on the final fit's rows, or with `isGrouped` the largest
 * norm over a feature's outputs; from which penalty on, per row, all weights are zero.
 */
export function largestSlope(
  { final }: FitPlan,
  { columns, outputs }: Design,
  standardize: boolean,
  isGrouped: boolean,
): number {
  const ld = paddedColumns(columns);
  const [total] = final.plus;
  if (total === undefined) return 0;
  const { rows, sum, sumY, cross, gram } = total;
  let largest = 0;
  for (let j = 0; j < columns; j++) {
    const mean = (sum[j] ?? 0) / rows;
    const raw = gram[j * ld + j] ?? 0;
    const spread = raw - rows * mean * mean;
    // Rounding leaves a trace of a constant column.
    if (spread <= 1e-13 * raw) continue;
    const scale = standardize ? Math.sqrt(spread / rows) : 1;
    const own = Array.from(
      { length: outputs },
      (_, k) => Math.abs((cross[k * ld + j] ?? 0) - rows * mean * ((sumY[k] ?? 0) / rows)) / scale,
    );
    largest = Math.max(largest, isGrouped ? Math.hypot(...own) : Math.max(...own));
  }
  return largest;
}
