import { formatTicks } from "./axis-format.ts";
import { type CurveContext, otherLabels, otherLines, pointsOf } from "./curve-context.ts";
import type { Figure } from "./figure.ts";
import { formatSigned } from "./number-format.ts";
import { valueRange } from "./value-range.ts";

/** Validation minus training, at the steps where validation was measured. */
export function gapFigure(context: CurveContext): Figure | undefined {
  const isDataLoss = context.series.has("gap/data_loss");
  const metric = isDataLoss ? "gap/data_loss" : "gap/loss";
  const points = pointsOf(context, metric);
  if (points === undefined) return undefined;
  const others = otherLines(context, "gap", (run) => pointsOf(run, metric));
  const lines = [{ id: "gap", color: "s1", width: 2, isDashed: false, points } as const, ...others];
  const { range } = valueRange(
    lines.map((line) => line.points),
    { xRange: context.x.range, includeZero: true, isLog: false, mayCut: false },
  );
  const format = (value: number) => formatSigned(value, 3);
  const name = others.length === 0 ? { name: "gap", shortName: "gap" } : context.label;
  return {
    id: "gap",
    title: "Generalisation gap",
    subtitle: isDataLoss ? "validation − train, data loss" : "validation − train",
    lines,
    areas: [],
    labels: [
      { ...name, color: "s1", isStrong: false, values: points, line: "gap", format },
      ...otherLabels(others, format),
    ],
    markers: [],
    yRange: range,
    isLogY: false,
    hasZeroLine: true,
    formatY: formatTicks,
  };
}
