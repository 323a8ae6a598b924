import type { Curve } from "../../../core/protocol/panel/curves.ts";
import type { RunHeader } from "../../../core/protocol/panel/run.ts";
import type { LayerRow } from "../../../core/protocol/panel/weights.ts";
import type { CurvesByName } from "../store/panel-state.ts";
import type { ViewSettings } from "../store/view-settings.ts";
import type { Points } from "./align-series.ts";
import type { FigureLabel, FigureLine, InkColor } from "./figure.ts";
import type { RunLabel } from "./run-labels.ts";
import type { XScale } from "./x-axis.ts";

/** What the figures of the Curves tab are laid out from. */
export interface CurveContext {
  readonly series: CurvesByName;
  readonly header: RunHeader | undefined;
  readonly layers: readonly LayerRow[];
  readonly settings: ViewSettings;
  readonly x: XScale;
  /** How the run is named beside those that are drawn over it. */
  readonly label: RunLabel;
  /** Runs that are drawn over this one. */
  readonly others: readonly ShownRun[];
}

/** A run that is drawn over the panel's own, on the same axes. */
export interface ShownRun {
  readonly key: string;
  readonly label: RunLabel;
  readonly header: RunHeader;
  readonly color: InkColor;
  readonly series: CurvesByName;
  readonly toX: (curve: Curve) => Float64Array;
}

/** A metric on the shared x axis. */
export interface CurvePoints extends Points {
  /** Least and greatest raw value around the points to be read; absent without smoothing. */
  readonly band?: { readonly low: Points; readonly high: Points };
}

/** The metric on the shared x axis; `undefined` when it was never logged. */
export function pointsOf(context: CurveContext, metric: string): CurvePoints | undefined {
  return curvePoints(context.series.get(metric), context.x.toX);
}

function curvePoints(
  curve: Curve | undefined,
  toX: (curve: Curve) => Float64Array,
): CurvePoints | undefined {
  if (curve === undefined || curve.values.length === 0) return undefined;
  const { values: y, marks, low, high, total } = curve;
  const x = toX(curve);
  const at = (values: Float64Array) => marks.map((index) => values[index] ?? Number.NaN);
  const read = marks.length === 0 ? undefined : { x: at(x), y: at(y) };
  const bandX = read?.x ?? x;
  return {
    x,
    y,
    ...(read === undefined ? {} : { read, total }),
    ...(low.length === 0
      ? {}
      : { band: { low: { x: bandX, y: low }, high: { x: bandX, y: high } } }),
  };
}

/** Of runs that are drawn over the own one, lines are this wide, in CSS pixels. */
const OTHER_WIDTH = 1.25;

/** A line of a run that is drawn over the own one. */
export interface OtherLine extends FigureLine {
  readonly run: RunLabel;
}

/** A line for each run over the own one that has the points, in the colour of the run. */
export function otherLines(
  context: CurveContext,
  id: string,
  pointsOfRun: (context: CurveContext) => Points | undefined,
): OtherLine[] {
  return context.others.flatMap((run) => {
    const { key, label, header, color, series, toX } = run;
    const points = pointsOfRun({
      ...context,
      series,
      header,
      x: { ...context.x, toX },
      others: [],
    });
    if (points === undefined) return [];
    return [{ id: `${id} ${key}`, run: label, color, width: OTHER_WIDTH, isDashed: false, points }];
  });
}

/** Labels of lines that are drawn over the own run. */
export function otherLabels(
  lines: readonly OtherLine[],
  format: (value: number) => string,
): FigureLabel[] {
  return lines.map(({ id, run, color, points }) => ({
    ...run,
    color,
    isStrong: false,
    values: points,
    line: id,
    format,
  }));
}
