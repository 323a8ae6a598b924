import { formatTicks } from "./axis-format.ts";
import { type CurveContext, pointsOf, smoothed } from "./curve-context.ts";
import type { Figure } from "./figure.ts";
import { nearestIndex } from "./nearest.ts";
import { formatSigned } from "./number-format.ts";
import { valueRange } from "./value-range.ts";

/**
 * Validation minus training, at the steps where validation was measured. Data losses where both are
 * logged, so that the penalty, which only training pays, does not hide the gap.
 */
export function gapFigure(context: CurveContext): Figure | undefined {
  const isDataLoss =
    context.series.has("train/data_loss") && context.series.has("validation/data_loss");
  const name = isDataLoss ? "data_loss" : "loss";
  const train = pointsOf(context, `train/${name}`);
  const validation = pointsOf(context, `validation/${name}`);
  if (train === undefined || validation === undefined) return undefined;
  const line = smoothed(context, train);
  const y = validation.y.map((value, index) => {
    const at = nearestIndex(line.x, validation.x[index] ?? Number.NaN);
    return value - (line.y[at] ?? Number.NaN);
  });
  const points = { x: validation.x, y };
  const { range } = valueRange([points], {
    xRange: context.x.range,
    includeZero: true,
    isLog: false,
    mayCut: false,
  });
  return {
    id: "gap",
    title: "Generalisation gap",
    subtitle: isDataLoss ? "validation − train, data loss" : "validation − train",
    lines: [{ id: "gap", color: "s1", width: 2, isDashed: false, points }],
    areas: [],
    labels: [
      {
        name: "gap",
        shortName: "gap",
        color: "s1",
        isStrong: false,
        values: points,
        line: "gap",
        format: (value) => formatSigned(value, 3),
      },
    ],
    markers: [],
    yRange: range,
    isLogY: false,
    hasZeroLine: true,
    formatY: formatTicks,
  };
}
