import { alignSeries, type Points, readable } from "./align-series.ts";
import { formatLogTick, formatTicks } from "./axis-format.ts";
import { type CurveContext, type OtherLine, otherLines, pointsOf } from "./curve-context.ts";
import {
  type Figure,
  type FigureLabel,
  type FigureLine,
  type InkColor,
  SERIES_COLORS,
} from "./figure.ts";
import { groupOf, isPenalised } from "./layer-table.ts";
import { layersWith } from "./metric-name.ts";
import { formatSize } from "./number-format.ts";
import { valueRange } from "./value-range.ts";

type Measure = "l1" | "l2" | "gradient_norm";

interface NormLine {
  readonly name: string;
  readonly points: Points;
}

/** Norm of the weights over training, one line for each part of the model. */
export function normFigure(context: CurveContext): Figure | undefined {
  const { norm } = context.settings;
  const penalised = new Set(context.layers.filter(isPenalised).map((row) => row.layer));
  const layers = layersWith(context.series.keys(), norm).filter(
    (layer) => penalised.size === 0 || penalised.has(layer),
  );
  const lines = linesOf(context, layers, norm);
  if (lines.length === 0) return undefined;
  return {
    id: "norm",
    title: "Weight norm",
    subtitle: penalised.size > 0 ? "penalised" : "all weights",
    ...laidOut(context, lines, false),
  };
}

/** ‖∇W‖₂ of the whole objective at the steps that were logged, one line for each part of the model. */
export function gradientNormFigure(context: CurveContext): Figure | undefined {
  const layers = layersWith(context.series.keys(), "gradient_norm");
  const lines = linesOf(context, layers, "gradient_norm");
  if (lines.length === 0) return undefined;
  const { isLogY } = context.settings;
  return {
    id: "gradient-norm",
    title: "Gradient norm",
    subtitle: "‖∇w‖₂, all weights",
    ...laidOut(context, lines, isLogY),
  };
}

/** By part of the model where the run is alone; beside others one line a run, for colour is the run. */
function linesOf(
  context: CurveContext,
  layers: readonly string[],
  measure: Measure,
): readonly (FigureLine | OtherLine)[] {
  if (context.others.length === 0) return byPart(context, layers, measure).map(drawn);
  const points = combined(context, layers, measure);
  if (points === undefined) return [];
  return [
    { id: "own", run: context.label, color: "s1", width: 2, isDashed: false, points },
    ...otherLines(context, measure, (run) => combined(run, layers, measure)),
  ];
}

function laidOut(
  context: CurveContext,
  lines: readonly (FigureLine | OtherLine)[],
  isLogY: boolean,
): Omit<Figure, "id" | "title" | "subtitle"> {
  const { range } = valueRange(
    lines.map((line) => line.points),
    { xRange: context.x.range, includeZero: true, isLog: isLogY, mayCut: false },
  );
  return {
    lines,
    areas: [],
    labels: lines.flatMap(labelOf),
    markers: [],
    yRange: range,
    isLogY,
    hasZeroLine: false,
    formatY: isLogY ? (ticks) => ticks.map(formatLogTick) : formatTicks,
  };
}

function labelOf(line: FigureLine | OtherLine): FigureLabel[] {
  if (line.color === "muted") return [];
  const { id, color, points } = line;
  const name = "run" in line ? line.run : { name: id, shortName: id };
  return [
    {
      ...name,
      color,
      isStrong: false,
      values: points,
      line: id,
      format: formatSize,
    },
  ];
}

function byPart(context: CurveContext, layers: readonly string[], measure: Measure): NormLine[] {
  const groups = new Map<string, string[]>();
  for (const layer of layers) {
    const name = groupOf(layer) || layer;
    groups.set(name, [...(groups.get(name) ?? []), layer]);
  }
  return [...groups].flatMap(([name, members]) => {
    const points = combined(context, members, measure);
    return points === undefined ? [] : [{ name, points }];
  });
}

/** ‖·‖₁ of several tensors is the sum of theirs, ‖·‖₂ the root of the sum of squares. */
function combined(
  context: CurveContext,
  layers: readonly string[],
  measure: Measure,
): Points | undefined {
  const all = layers.flatMap((layer) => pointsOf(context, `weights/${layer}/${measure}`) ?? []);
  const [only] = all;
  if (only === undefined || all.length === 1) return only;
  const total = Math.max(...all.map((points) => points.total ?? points.x.length));
  // Layers of one line share the steps that can be read off, not those of their extremes.
  const { x, columns } = alignSeries(all.map(readable));
  const y = Float64Array.from(x, (_, index) => {
    const values = columns.map((column) => column[index] ?? Number.NaN);
    return measure === "l1"
      ? values.reduce((sum, value) => sum + value, 0)
      : Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
  });
  return { x, y, total };
}

/** Six parts have a colour of their own; more would need hues that nobody can tell apart. */
function drawn({ name, points }: NormLine, index: number): FigureLine {
  const color: InkColor = SERIES_COLORS[index] ?? "muted";
  return { id: name, color, width: color === "muted" ? 1 : 1.5, isDashed: false, points };
}
