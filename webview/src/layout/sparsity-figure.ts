import type { RunHeader } from "../../../core/protocol/panel/run.ts";
import { fromJsonNumber } from "../../../core/protocol/run-files.ts";
import type { Points } from "./align-series.ts";
import { formatTicks } from "./axis-format.ts";
import { type CurveContext, otherLabels, otherLines } from "./curve-context.ts";
import type { Figure, FigureLine } from "./figure.ts";
import { measureName } from "./metric-name.ts";
import { formatFixed, formatLoss, formatPercent } from "./number-format.ts";
import { niceTicks } from "./ticks.ts";
import { valueRange } from "./value-range.ts";
import type { XScale } from "./x-axis.ts";

/** The first that was measured is drawn; shares of one before losses, which pruning moves less. */
const MEASURES = ["accuracy", "r2", "f1", "recall@1", "rmse", "data_loss", "loss"] as const;
const SHARES: readonly string[] = ["accuracy", "r2", "f1", "recall@1"];

/** Share of the weights that were removed, 0..1. */
export const SPARSITY_SCALE: XScale = {
  axis: "pruned",
  range: [0, 1],
  isZoomed: false,
  toX: () => new Float64Array(),
  ticks: niceTicks,
  formatTicks: (ticks) => ticks.map((tick) => formatPercent(tick, 0)),
  formatValue: (share) => `${formatPercent(share, 0)} pruned`,
};

/** What the model is worth with a share of its weights removed; `undefined` where it was not tried. */
export function sparsityFigure(context: CurveContext): Figure | undefined {
  const curve = context.header?.sparsityCurve ?? [];
  const names = Object.keys(curve[0]?.values ?? {});
  const measure = MEASURES.find((one) => names.some((name) => name.endsWith(`/${one}`)));
  if (measure === undefined) return undefined;
  const parts = ["validation", "test"].filter((part) => names.includes(`${part}/${measure}`));
  const own = parts.flatMap((part): FigureLine[] => {
    const points = pointsOf(context.header, `${part}/${measure}`);
    const isDashed = part === "validation" && parts.length > 1;
    return points === undefined ? [] : [{ id: part, color: "s1", width: 2, isDashed, points }];
  });
  const last = parts.at(-1) ?? "";
  const others = otherLines(context, last, (run) => pointsOf(run.header, `${last}/${measure}`));
  const isShare = SHARES.includes(measure);
  const format = isShare ? (value: number) => formatFixed(value, 3) : formatLoss;
  const { range } = valueRange(
    [...own, ...others].map(({ points }) => points),
    { xRange: [0, 1], includeZero: true, isLog: false, mayCut: false },
  );
  return {
    id: "sparsity",
    title: "Sparsity curve",
    subtitle: `${measureName(measure)} over the share of weights that were removed`,
    lines: [...own, ...others],
    areas: [],
    labels: [
      ...own.map(({ id, points }) => ({
        name: id,
        shortName: id === "validation" ? "valid." : id,
        color: "s1" as const,
        isStrong: id === last,
        values: points,
        line: id,
        format,
      })),
      ...otherLabels(others, format),
    ],
    markers: [],
    yRange: [range[0], isShare ? Math.min(range[1], 1.02) : range[1]],
    isLogY: false,
    hasZeroLine: range[0] < 0,
    formatY: formatTicks,
  };
}

function pointsOf(header: RunHeader | undefined, metric: string): Points | undefined {
  const curve = header?.sparsityCurve?.filter(({ values }) => metric in values) ?? [];
  if (curve.length === 0) return undefined;
  return {
    x: Float64Array.from(curve, ({ fraction }) => fraction),
    y: Float64Array.from(curve, ({ values }) => fromJsonNumber(values[metric]) ?? Number.NaN),
  };
}
