import type { Points } from "./align-series.ts";
import type { Figure, FigureLabel } from "./figure.ts";
import { lastFinite } from "./last-finite.ts";
import { nearestIndex } from "./nearest.ts";
import { pushApart } from "./push-apart.ts";

/** Distance between the base lines of neighbouring labels, in CSS pixels. */
export const LABEL_GAP = 14;

export interface PlacedLabel {
  readonly label: FigureLabel;
  readonly text: string;
  /** Middle of the label, CSS pixels from the top of the plot. */
  readonly y: number;
  /** Where the line ends; a leader runs from there to a label that was pushed. */
  readonly anchor?: number;
}

/** Labels at the right edge of a plot, at their lines' ends where there is room. */
export function placeLabels(
  figure: Figure,
  toY: (value: number) => number,
  plotHeight: number,
): PlacedLabel[] {
  const shown = figure.labels.flatMap((label) => {
    const last = lastFinite(label.values);
    const height = label.height ?? last;
    const text = label.format(label.values.y.at(-1) ?? Number.NaN);
    if (height === undefined) return [];
    const y = Math.min(Math.max(toY(height), 0), plotHeight);
    return [{ label, text, y, isLine: label.height === undefined }];
  });
  const placed = pushApart(
    shown.map(({ y }) => y),
    LABEL_GAP,
    [LABEL_GAP / 2, plotHeight - LABEL_GAP / 2],
  );
  return shown.map(({ label, text, y, isLine }, index) => ({
    label,
    text,
    y: placed[index] ?? y,
    ...(isLine ? { anchor: y } : {}),
  }));
}

/** What a label reads at `x`: the measured value nearest to it. */
export function readOut(label: FigureLabel, x: number): string {
  const index = nearestIndex(label.values.x, x);
  return index < 0 ? "" : label.format(label.values.y[index] ?? Number.NaN);
}

/** The measured point of `points` nearest to `x`; `undefined` where it is not finite. */
export function pointNear(
  points: Points,
  x: number,
): { readonly x: number; readonly y: number } | undefined {
  const index = nearestIndex(points.x, x);
  const at = points.x[index];
  const y = points.y[index];
  return at === undefined || y === undefined || !Number.isFinite(y) ? undefined : { x: at, y };
}
