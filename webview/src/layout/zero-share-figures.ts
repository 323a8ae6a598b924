import { type CurveContext, otherLines, pointsOf } from "./curve-context.ts";
import type { Figure } from "./figure.ts";
import { isPenalised } from "./layer-table.ts";
import { layersWith } from "./metric-name.ts";
import { formatPercent } from "./number-format.ts";

/** One small chart per layer, all on the same axes, 0 to 100%. */
export interface ZeroShareFigures {
  readonly shown: readonly Figure[];
  /** Layers that log a zero share. */
  readonly total: number;
}

export function zeroShareFigures(context: CurveContext, limit: number): ZeroShareFigures {
  const layers = layersWith(context.series.keys(), "zero_fraction");
  const shown = chosen(context, layers, limit).flatMap(
    (layer) => zeroShareFigure(context, layer) ?? [],
  );
  return { shown, total: layers.length };
}

/** The zero share of one layer; `undefined` when it was never logged. */
function zeroShareFigure(context: CurveContext, layer: string): Figure | undefined {
  const metric = `weights/${layer}/zero_fraction`;
  const points = pointsOf(context, metric);
  if (points === undefined) return undefined;
  return {
    id: layer,
    title: layer,
    subtitle: "",
    lines: [
      { id: "zero", color: "s1", width: 2, isDashed: false, points },
      ...otherLines(context, "zero", (run) => pointsOf(run, metric)),
    ],
    areas: [{ upper: "zero", color: "s1", depth: "data" }],
    labels: [
      {
        name: layer,
        shortName: layer,
        color: "foreground",
        isStrong: true,
        values: points,
        line: "zero",
        format: (value) => formatPercent(value, 0),
      },
    ],
    markers: [],
    yRange: [0, 1],
    isLogY: false,
    hasZeroLine: false,
    formatY: (ticks) => ticks.map((tick) => formatPercent(tick, 0)),
  };
}

/** The largest penalised layers, in the order of the model. */
function chosen(context: CurveContext, layers: readonly string[], limit: number): string[] {
  if (context.layers.length === 0) {
    const withZeros = layers.filter((layer) => lastShare(context, layer) > 0);
    return (withZeros.length > 0 ? withZeros : [...layers]).slice(0, limit);
  }
  const rows = context.layers.filter((row) => layers.includes(row.layer));
  const candidates = rows.some(isPenalised) ? rows.filter(isPenalised) : rows;
  const largest = [...candidates].sort((a, b) => b.count - a.count).slice(0, limit);
  return candidates.filter((row) => largest.includes(row)).map((row) => row.layer);
}

function lastShare(context: CurveContext, layer: string): number {
  return context.series.get(`weights/${layer}/zero_fraction`)?.values.at(-1) ?? 0;
}
