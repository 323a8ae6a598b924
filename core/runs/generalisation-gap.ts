import { movingAverage } from "../measures/moving-average.ts";
import type { MetricColumns } from "./metric-columns.ts";
import { FEWEST_TO_SMOOTH, type LoggedMetric } from "./sampled-curve.ts";

/**
 * Validation loss minus the moving average of the training loss at the nearest step, at the steps
 * where validation was measured: `gap/data_loss` where both data losses were logged, so that the
 * penalty, which only training pays, does not hide the gap, else `gap/loss`.
 *
 * @param smoothing weight of the moving average, 0..0.99
 */
export function generalisationGap(
  columns: MetricColumns,
  smoothing: number,
): LoggedMetric | undefined {
  for (const loss of ["data_loss", "loss"]) {
    const train = columns.column(`train/${loss}`);
    const validation = columns.column(`validation/${loss}`);
    if (train === undefined || validation === undefined || train.lines.length === 0) continue;
    const smooth = new Float64Array(train.values.length);
    const weight = train.values.length < FEWEST_TO_SMOOTH ? 0 : smoothing;
    movingAverage(train.values, weight, smooth);
    const steps = columns.steps();
    const stepOf = (lines: Uint32Array, index: number) => steps[lines[index] ?? 0] ?? 0;
    let nearest = 0;
    const values = validation.values.map((value, index) => {
      const step = stepOf(validation.lines, index);
      while (
        nearest + 1 < train.lines.length &&
        Math.abs(stepOf(train.lines, nearest + 1) - step) <
          Math.abs(stepOf(train.lines, nearest) - step)
      ) {
        nearest++;
      }
      return value - (smooth[nearest] ?? Number.NaN);
    });
    return { name: `gap/${loss}`, lines: validation.lines, values };
  }
  return undefined;
}
