import { formatTicks } from "./axis-format.ts";
import { type CurveContext, pointsOf } from "./curve-context.ts";
import { type Figure, type FigureLabel, type FigureLine, SERIES_COLORS } from "./figure.ts";
import { measureName, splitMetric } from "./metric-name.ts";
import { formatFixed } from "./number-format.ts";
import { valueRange } from "./value-range.ts";

/** Measures of success between 0 and 1, in the order in which they are drawn. */
const MEASURES = ["accuracy", "f1", "r2", "recall@1"] as const;

interface QualityMetric {
  readonly metric: string;
  readonly measure: string;
  readonly rank: number;
}

/** Accuracy, F1, R² and recall@1 of the validation part; of the training part where it is all there is. */
export function qualityFigure(context: CurveContext): Figure | undefined {
  const ofValidation = metricsOf(context, "validation");
  const part = ofValidation.length > 0 ? "validation" : "train";
  const metrics = (part === "validation" ? ofValidation : metricsOf(context, "train")).slice(
    0,
    SERIES_COLORS.length,
  );
  if (metrics.length === 0) return undefined;
  const lines = metrics.flatMap((metric, index) => lineOf(context, metric, index));
  const { range } = valueRange(
    lines.map((line) => line.points),
    { xRange: context.x.range, includeZero: true, isLog: false, mayCut: false },
  );
  return {
    id: "quality",
    title: titleOf(metrics),
    subtitle: `on ${part} data`,
    lines,
    areas: [],
    labels: lines.map((line, index) => labelOf(line, metrics, index)),
    markers: [],
    yRange: [range[0], Math.min(range[1], Math.max(1.02, ...lines.map(highest)))],
    isLogY: false,
    hasZeroLine: range[0] < 0,
    formatY: formatTicks,
  };
}

function metricsOf(context: CurveContext, wantedPart: string): QualityMetric[] {
  return [...context.series.keys()]
    .flatMap((metric) => {
      const { part, measure } = splitMetric(metric);
      const rank = MEASURES.findIndex((name) => measure === name || measure.startsWith(`${name}/`));
      return part === wantedPart && rank >= 0 ? [{ metric, measure, rank }] : [];
    })
    .sort((a, b) => a.rank - b.rank);
}

function lineOf(context: CurveContext, { metric }: QualityMetric, index: number): FigureLine[] {
  const points = pointsOf(context, metric);
  const color = SERIES_COLORS[index];
  if (points === undefined || color === undefined) return [];
  return [{ id: metric, color, width: index === 0 ? 2 : 1.5, isDashed: false, points }];
}

/** The direction alone where the title says the measure already. */
function labelOf(line: FigureLine, metrics: readonly QualityMetric[], index: number): FigureLabel {
  const measure = metrics[index]?.measure ?? line.id;
  const name = measureName(measure).replace(/^recall@1 /, "");
  return {
    name,
    shortName: name.replace(/^(\w)\w* → (\w)\w*$/, "$1 → $2"),
    color: line.color,
    isStrong: index === 0,
    values: line.points,
    line: line.id,
    format: (value) => formatFixed(value, 2),
  };
}

function titleOf(metrics: readonly QualityMetric[]): string {
  const names = new Set(metrics.map(({ rank }) => measureName(MEASURES[rank] ?? "")));
  const joined = [...names].join(", ").replace(/, ([^,]*)$/, " and $1");
  return joined.slice(0, 1).toUpperCase() + joined.slice(1);
}

function highest(line: FigureLine): number {
  return line.points.y.filter(Number.isFinite).reduce((max, value) => Math.max(max, value), 0);
}
