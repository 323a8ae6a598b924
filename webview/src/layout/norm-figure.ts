import { alignSeries, type Points } from "./align-series.ts";
import { formatTicks } from "./axis-format.ts";
import { type CurveContext, pointsOf } from "./curve-context.ts";
import { type Figure, type FigureLine, type InkColor, SERIES_COLORS } from "./figure.ts";
import { groupOf, isPenalised } from "./layer-table.ts";
import { splitWeightMetric } from "./metric-name.ts";
import { formatSize } from "./number-format.ts";
import { valueRange } from "./value-range.ts";

interface NormLine {
  readonly name: string;
  readonly points: Points;
}

/** Norm of the weights over training, one line for each part of the model. */
export function normFigure(context: CurveContext): Figure | undefined {
  const { norm } = context.settings;
  const layers = layersWith(context, norm);
  if (layers.length === 0) return undefined;
  const lines = byPart(context, layers).map(drawn);
  const { range } = valueRange(
    lines.map((line) => line.points),
    { xRange: context.x.range, includeZero: true, isLog: false, mayCut: false },
  );
  const hasPenalties = context.layers.some(isPenalised);
  return {
    id: "norm",
    title: "Weight norm",
    subtitle: hasPenalties ? "penalised" : "all weights",
    lines,
    areas: [],
    labels: lines.flatMap((line) =>
      line.color === "muted"
        ? []
        : [
            {
              name: line.id,
              shortName: line.id,
              color: line.color,
              isStrong: false,
              values: line.points,
              line: line.id,
              format: formatSize,
            },
          ],
    ),
    markers: [],
    yRange: range,
    isLogY: false,
    hasZeroLine: false,
    formatY: formatTicks,
  };
}

/** Layers that log the norm; only penalised ones once the page knows which those are. */
function layersWith(context: CurveContext, norm: "l1" | "l2"): string[] {
  const penalised = new Set(context.layers.filter(isPenalised).map((row) => row.layer));
  return [...context.series.keys()].flatMap((metric) => {
    const parts = splitWeightMetric(metric);
    if (parts?.measure !== norm) return [];
    return penalised.size === 0 || penalised.has(parts.layer) ? [parts.layer] : [];
  });
}

function byPart(context: CurveContext, layers: readonly string[]): NormLine[] {
  const groups = new Map<string, string[]>();
  for (const layer of layers) {
    const name = groupOf(layer) || layer;
    groups.set(name, [...(groups.get(name) ?? []), layer]);
  }
  return [...groups].flatMap(([name, members]) => {
    const points = combined(context, members);
    return points === undefined ? [] : [{ name, points }];
  });
}

/** ‖·‖₁ of several tensors is the sum of theirs, ‖·‖₂ the root of the sum of squares. */
function combined(context: CurveContext, layers: readonly string[]): Points | undefined {
  const { norm } = context.settings;
  const all = layers.flatMap((layer) => pointsOf(context, `weights/${layer}/${norm}`) ?? []);
  if (all.length === 0) return undefined;
  const { x, columns } = alignSeries(all);
  const y = Float64Array.from(x, (_, index) => {
    const values = columns.map((column) => column[index] ?? Number.NaN);
    return norm === "l1"
      ? values.reduce((sum, value) => sum + value, 0)
      : Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
  });
  return { x, y };
}

/** Six parts have a colour of their own; more would need hues that nobody can tell apart. */
function drawn({ name, points }: NormLine, index: number): FigureLine {
  const color: InkColor = SERIES_COLORS[index] ?? "muted";
  return { id: name, color, width: color === "muted" ? 1 : 1.5, isDashed: false, points };
}
