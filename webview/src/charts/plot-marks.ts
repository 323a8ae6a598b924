import uPlot from "uplot";
import type { Figure, FigureMarker } from "../layout/figure.ts";
import { lastFinite } from "../layout/last-finite.ts";
import type { PlacedLabel } from "../layout/line-end-labels.ts";
import type { Theme } from "../theme/theme.ts";

const DOT_RADIUS = 3;
/** Distance from the plot's edge to its labels, in CSS pixels; leaders run in it. */
export const LABEL_OFFSET = 10;

interface Pen {
  readonly plot: uPlot;
  readonly theme: Theme;
  /** Canvas pixels per CSS pixel. */
  readonly ratio: number;
}

/** Draws what uPlot does not: the zero line, end dots, markers, and leaders to pushed labels. */
export function drawMarks(
  plot: uPlot,
  figure: Figure,
  labels: readonly PlacedLabel[],
  theme: Theme,
): void {
  const pen: Pen = { plot, theme, ratio: uPlot.pxRatio };
  plot.ctx.save();
  if (figure.hasZeroLine) zeroLine(pen, figure);
  clipToPlot(pen, () => {
    for (const marker of figure.markers) drawMarker(pen, marker);
  });
  for (const line of figure.lines) if (line.width > 0) endDot(pen, figure, line.id);
  for (const label of labels) leader(pen, label);
  plot.ctx.restore();
}

function clipToPlot({ plot }: Pen, draw: () => void): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left - 4, bbox.top, bbox.width + 8, bbox.height);
  ctx.clip();
  draw();
  ctx.restore();
}

function zeroLine({ plot, theme, ratio }: Pen, { yRange }: Figure): void {
  if (yRange[0] >= 0 || yRange[1] <= 0) return;
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(0, "y", true)) + 0.5;
  ctx.strokeStyle = theme.axis;
  ctx.lineWidth = ratio;
  strokeLine(ctx, bbox.left, y, bbox.left + bbox.width, y);
}

function endDot({ plot, theme, ratio }: Pen, figure: Figure, id: string): void {
  const line = figure.lines.find((candidate) => candidate.id === id);
  const value = line === undefined ? undefined : lastFinite(line.points);
  if (line === undefined || value === undefined || line.color === "muted") return;
  const at = line.points.x[line.points.y.lastIndexOf(value)] ?? Number.NaN;
  const x = plot.valToPos(at, "x", true);
  const y = plot.valToPos(value, "y", true);
  if (!isInside(plot, x, y)) return;
  plot.ctx.fillStyle = theme.ink(line.color);
  plot.ctx.beginPath();
  plot.ctx.arc(x, y, DOT_RADIUS * ratio, 0, 2 * Math.PI);
  plot.ctx.fill();
}

function isInside({ bbox }: uPlot, x: number, y: number): boolean {
  return (
    x >= bbox.left &&
    x <= bbox.left + bbox.width + 1 &&
    y >= bbox.top - 1 &&
    y <= bbox.top + bbox.height + 1
  );
}

function drawMarker({ plot, theme, ratio }: Pen, { x, tone, isDashed }: FigureMarker): void {
  const { ctx, bbox } = plot;
  const at = Math.round(plot.valToPos(x, "x", true)) + 0.5;
  ctx.strokeStyle = toneColor(theme, tone);
  ctx.lineWidth = ratio;
  ctx.setLineDash(isDashed ? [3 * ratio, 3 * ratio] : []);
  strokeLine(ctx, at, bbox.top, at, bbox.top + bbox.height);
  ctx.setLineDash([]);
}

function toneColor(theme: Theme, tone: FigureMarker["tone"]): string {
  return tone === "muted" ? theme.ink("muted") : theme[tone];
}

/** Labels within this many pixels of their line need no leader. */
const NEAR = 3;

function leader({ plot, theme, ratio }: Pen, { label, y, anchor }: PlacedLabel): void {
  if (anchor === undefined || Math.abs(anchor - y) < NEAR) return;
  const line = label.values.x.at(-1) ?? Number.NaN;
  const { ctx, bbox } = plot;
  const right = bbox.left + bbox.width;
  const end = plot.valToPos(line, "x", true);
  // A line that stops early is too far from its label for a leader to help.
  if (!(end >= right - 6 * ratio)) return;
  ctx.strokeStyle = theme.ink(label.color);
  ctx.lineWidth = ratio * 0.75;
  strokeLine(
    ctx,
    right + 2 * ratio,
    bbox.top + anchor * ratio,
    right + (LABEL_OFFSET - 3) * ratio,
    bbox.top + y * ratio,
  );
}

function strokeLine(
  ctx: CanvasRenderingContext2D,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
): void {
  ctx.beginPath();
  ctx.moveTo(fromX, fromY);
  ctx.lineTo(toX, toY);
  ctx.stroke();
}
