import { formatLogTick } from "./axis-format.ts";
import { type CurveContext, pointsOf } from "./curve-context.ts";
import { type Figure, type FigureLine, type InkColor, SERIES_COLORS } from "./figure.ts";
import { formatLambda } from "./number-format.ts";
import { valueRange } from "./value-range.ts";

const PREFIX = "train/lambda/";

/** λ over training, one line for each penalty whose λ is learned, on a log axis. */
export function learnedLambdaFigure(context: CurveContext): Figure | undefined {
  const names = [...context.series.keys()]
    .filter((metric) => metric.startsWith(PREFIX))
    .map((metric) => metric.slice(PREFIX.length));
  const lines = names.flatMap((name, index): FigureLine[] => {
    const points = pointsOf(context, `${PREFIX}${name}`);
    const color: InkColor = SERIES_COLORS[index] ?? "muted";
    return points === undefined ? [] : [{ id: name, color, width: 1.5, isDashed: false, points }];
  });
  if (lines.length === 0) return undefined;
  const { range } = valueRange(
    lines.map(({ points }) => points),
    { xRange: context.x.range, includeZero: false, isLog: true, mayCut: false },
  );
  return {
    id: "learned-lambda",
    title: "λ",
    subtitle: "learned on validation data",
    lines,
    areas: [],
    labels: lines.map(({ id, color, points }) => ({
      name: penaltyName(id),
      shortName: penaltyName(id),
      color,
      isStrong: false,
      values: points,
      line: id,
      format: formatLambda,
    })),
    markers: [],
    yRange: range,
    isLogY: true,
    hasZeroLine: false,
    formatY: (ticks) => ticks.map(formatLogTick),
  };
}

/** "0_group_lasso_fc1.*" without the number of the penalty, which people count by eye: "group lasso fc1.*". */
function penaltyName(name: string): string {
  return name.slice(name.indexOf("_") + 1).replaceAll("_", " ");
}
