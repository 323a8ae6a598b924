import { type Points, readable } from "./align-series.ts";
import type { Figure, FigureLabel } from "./figure.ts";
import { lastFinite } from "./last-finite.ts";
import { nearestIndex } from "./nearest.ts";
import { pushApart } from "./push-apart.ts";

/** Distance between the base lines of neighbouring labels, in CSS pixels. */
const LABEL_GAP = 14;

export interface PlacedLabel {
  readonly label: FigureLabel;
  readonly text: string;
  /** Middle of the label, CSS pixels from the top of the plot. */
  readonly y: number;
  /** Where the line ends; a leader runs from there to a label that was pushed. */
  readonly anchor?: number;
}

export interface LabelSpace {
  readonly toY: (value: number) => number;
  /** CSS pixels. */
  readonly plotHeight: number;
  /** Right end of the x axis; where a line goes on beyond it, its label reads the value there. */
  readonly lastX: number;
}

/** Labels at the right edge of a plot, at their lines' ends where there is room. */
export function placeLabels(figure: Figure, { toY, plotHeight, lastX }: LabelSpace): PlacedLabel[] {
  const shown = figure.labels.flatMap((label) => {
    const height = lastFinite(upTo(readable(label.heights ?? label.values), lastX));
    const text = readOut(label, lastX);
    if (height === undefined) return [];
    const y = Math.min(Math.max(toY(height), 0), plotHeight);
    return [{ label, text, y, isLine: label.heights === undefined }];
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
  const values = readable(label.values);
  const index = nearestIndex(values.x, x);
  return index < 0 ? "" : label.format(values.y[index] ?? Number.NaN);
}

/** The point of `points` to be read that is nearest to `x`; `undefined` where it is not finite. */
export function pointNear(
  points: Points,
  x: number,
): { readonly x: number; readonly y: number } | undefined {
  const values = readable(points);
  const index = nearestIndex(values.x, x);
  const at = values.x[index];
  const y = values.y[index];
  return at === undefined || y === undefined || !Number.isFinite(y) ? undefined : { x: at, y };
}

/** The points at or before `lastX`; all of them when none is. */
function upTo({ x, y }: Points, lastX: number): Points {
  const nearest = nearestIndex(x, lastX);
  const end = (x[nearest] ?? 0) > lastX ? nearest : nearest + 1;
  return end > 0 ? { x: x.subarray(0, end), y: y.subarray(0, end) } : { x, y };
}
