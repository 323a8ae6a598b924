import { formatTicks } from "./axis-format.ts";
import { type CurveContext, otherLabels, otherLines, pointsOf } from "./curve-context.ts";
import {
  type Figure,
  type FigureLabel,
  type FigureLine,
  type InkColor,
  SERIES_COLORS,
} from "./figure.ts";
import { measureName, splitMetric } from "./metric-name.ts";
import { formatFixed, formatLoss } from "./number-format.ts";
import { valueRange } from "./value-range.ts";

/** Measures that share a unit and so a chart, each alone or by modality or direction. */
interface QualitySpec {
  readonly id: string;
  readonly measures: readonly string[];
  /** Measures that cannot exceed one. */
  readonly isShare: boolean;
}

const SPECS: readonly QualitySpec[] = [
  { id: "accuracy", measures: ["accuracy", "f1", "r2"], isShare: true },
  { id: "recall", measures: ["recall@1"], isShare: true },
  { id: "rmse", measures: ["rmse"], isShare: false },
];

/** Whether the metric may be drawn as a measure of how well a model does. */
export function isQualityMetric(metric: string): boolean {
  const { part, measure } = splitMetric(metric);
  const names = SPECS.flatMap(({ measures }) => measures);
  return (
    (part === "train" || part === "validation") &&
    names.some((name) => measure === name || measure.startsWith(`${name}/`))
  );
}

function formatOf({ isShare }: QualitySpec): (value: number) => string {
  return isShare ? (value) => formatFixed(value, 2) : formatLoss;
}

/** How well the model does, on the validation part; on the training part where it is all there is. */
export function qualityFigures(context: CurveContext): Figure[] {
  return SPECS.flatMap((spec) => qualityFigure(context, spec) ?? []);
}

interface QualityMetric {
  readonly metric: string;
  readonly measure: string;
  /** Place of its measure in the specification. */
  readonly rank: number;
}

function qualityFigure(context: CurveContext, spec: QualitySpec): Figure | undefined {
  const ofValidation = metricsOf(context, spec, "validation");
  const part = ofValidation.length > 0 ? "validation" : "train";
  const metrics = part === "validation" ? ofValidation : metricsOf(context, spec, "train");
  if (metrics.length === 0) return undefined;
  // Beside others colour is the run, so that only the first measure has a line of each.
  const own = context.others.length === 0 ? metrics : metrics.slice(0, 1);
  const ownLines = own.flatMap((metric, index) => lineOf(context, metric, index));
  const first = metrics[0]?.metric ?? "";
  const others = otherLines(context, first, (run) => pointsOf(run, first));
  const lines = [...ownLines, ...others];
  const { range } = valueRange(
    lines.map((line) => line.points),
    { xRange: context.x.range, includeZero: true, isLog: false, mayCut: false },
  );
  const top = Math.max(1.02, ...lines.map(highest));
  return {
    id: spec.id,
    title: titleOf(spec, own),
    subtitle: others.length > 0 ? subtitleOf(first) : `on ${part} data`,
    lines,
    areas: [],
    labels: [
      ...ownLines.map((line, index) => ({
        ...labelOf(line, spec, own, index),
        ...(others.length > 0 ? context.label : {}),
      })),
      ...otherLabels(others, formatOf(spec)),
    ],
    markers: [],
    yRange: [range[0], spec.isShare ? Math.min(range[1], top) : range[1]],
    isLogY: false,
    hasZeroLine: range[0] < 0,
    formatY: formatTicks,
  };
}

/** Beside others the labels name runs, so the measure is named here. */
function subtitleOf(metric: string): string {
  const { part, measure } = splitMetric(metric);
  return `${measureName(measure)} on ${part} data`;
}

function metricsOf(context: CurveContext, spec: QualitySpec, wanted: string): QualityMetric[] {
  return [...context.series.keys()]
    .flatMap((metric) => {
      const { part, measure } = splitMetric(metric);
      const rank = spec.measures.findIndex(
        (name) => measure === name || measure.startsWith(`${name}/`),
      );
      return part === wanted && rank >= 0 ? [{ metric, measure, rank }] : [];
    })
    .sort((a, b) => a.rank - b.rank);
}

/** Six lines have a colour of their own; more would need hues that nobody can tell apart. */
function lineOf(context: CurveContext, { metric }: QualityMetric, index: number): FigureLine[] {
  const points = pointsOf(context, metric);
  const color: InkColor = SERIES_COLORS[index] ?? "muted";
  return points === undefined
    ? []
    : [{ id: metric, color, width: index === 0 ? 2 : 1.5, isDashed: false, points }];
}

/** What the title does not say already: the direction, the modality, or the measure itself. */
function labelOf(
  line: FigureLine,
  spec: QualitySpec,
  metrics: readonly QualityMetric[],
  index: number,
): FigureLabel {
  const measure = metrics[index]?.measure ?? line.id;
  const isOneMeasure = new Set(metrics.map(({ rank }) => rank)).size === 1;
  const isPart = isOneMeasure && measure.includes("/");
  const name = isPart
    ? measureName(measure).slice(measureName(measure.split("/")[0] ?? "").length + 1)
    : measureName(measure);
  return {
    name,
    shortName: name,
    color: line.color,
    isStrong: index === 0 && !isPart,
    values: line.points,
    line: line.id,
    format: formatOf(spec),
  };
}

function titleOf(spec: QualitySpec, metrics: readonly QualityMetric[]): string {
  const ranks = new Set(metrics.map(({ rank }) => rank));
  const names = [...ranks].map((rank) => measureName(spec.measures[rank] ?? ""));
  const joined = names.join(", ").replace(/, ([^,]*)$/, " and $1");
  return joined.slice(0, 1).toUpperCase() + joined.slice(1);
}

function highest(line: FigureLine): number {
  return line.points.y.filter(Number.isFinite).reduce((max, value) => Math.max(max, value), 0);
}
