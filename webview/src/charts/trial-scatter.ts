import { formatLogTick, formatTicks } from "../layout/axis-format.ts";
import { type LinearScale, linearScale } from "../layout/linear-scale.ts";
import { formatLoss } from "../layout/number-format.ts";
import type { TrialPlot, TrialPoint } from "../layout/sweep-trials.ts";
import { logTicks, niceTicks } from "../layout/ticks.ts";
import { svgElement } from "../ui/element.ts";
import { type Size, SizedSvg, svgText } from "./sized-svg.ts";

const LEFT = 44;
const BOTTOM = 26;
const TOP = 8;
const RIGHT = 10;
const PADDING = 0.06;

/** The trials of a sweep over the values of one key, the best of them marked. */
export class TrialScatter {
  readonly #svg = new SizedSvg();
  readonly element = this.#svg.element;

  update(plot: TrialPlot, metric: string): void {
    const best = plot.points.find(({ isBest }) => isBest);
    const label =
      `${metric} of ${plot.points.length} trials over ${plot.key}.` +
      (best === undefined ? "" : ` Best: ${formatLoss(best.y)}, trial ${best.trial.number}.`);
    this.#svg.update(label, (size) => drawn(plot, size));
  }

  dispose(): void {
    this.#svg.dispose();
  }
}

function drawn(plot: TrialPlot, { width, height }: Size): Node[] {
  const { points, isLog, names } = plot;
  if (points.length === 0) return [];
  const ends = padded(
    points.map(({ x }) => x),
    isLog,
    names.length,
  );
  const heights = padded(
    points.map(({ y }) => y),
    false,
    0,
  );
  const place = isLog ? Math.log10 : (value: number) => value;
  const toX = linearScale([place(ends[0]), place(ends[1])], [LEFT, width - RIGHT]);
  const toY = linearScale(heights, [height - BOTTOM, TOP]);
  return [
    ...horizontal(heights, toY, width),
    ...vertical(plot, ends, (value) => toX(place(value)), { width, height }),
    ...[...points]
      .sort((a, b) => Number(a.isBest) - Number(b.isBest) || a.depth - b.depth)
      .map((point) => dot(point, toX(place(point.x)), toY(point.y))),
  ];
}

function padded(values: readonly number[], isLog: boolean, names: number): [number, number] {
  if (names > 0) return [-0.5, names - 0.5];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (isLog) return [low / 1.5, high * 1.5];
  const room = high > low ? (high - low) * PADDING : Math.abs(high) * PADDING || 1;
  return [low - room, high + room];
}

function horizontal(range: readonly [number, number], toY: LinearScale, width: number): Node[] {
  const ticks = niceTicks(range[0], range[1], 4);
  const texts = formatTicks(ticks);
  return ticks.flatMap((tick, index) => [
    svgElement("line", {
      class: "grid",
      x1: LEFT,
      x2: width - RIGHT,
      y1: toY(tick),
      y2: toY(tick),
    }),
    svgText(LEFT - 8, toY(tick) + 4, texts[index] ?? "", "end"),
  ]);
}

function vertical(
  { isLog, names }: TrialPlot,
  range: readonly [number, number],
  toX: LinearScale,
  { width, height }: Size,
): Node[] {
  const base = height - BOTTOM;
  const count = Math.max(2, Math.floor(width / 80));
  const ticks = isLog ? logTicks(range[0], range[1], count) : niceTicks(range[0], range[1], count);
  const texts = isLog ? ticks.map(formatLogTick) : formatTicks(ticks);
  const marks =
    names.length > 0
      ? names.map((name, index) => [index, name] as const)
      : ticks.map((tick, index) => [tick, texts[index] ?? ""] as const);
  return [
    svgElement("line", { class: "axis", x1: LEFT, x2: width - RIGHT, y1: base, y2: base }),
    ...marks.map(([value, text]) => svgText(toX(value), base + 16, text)),
  ];
}

function dot({ trial, depth, isBest }: TrialPoint, x: number, y: number): SVGElement {
  const mark = svgElement("circle", {
    class: isBest ? "trial best" : depth >= 1 ? "trial whole" : "trial",
    cx: x.toFixed(1),
    cy: y.toFixed(1),
    r: isBest ? 5.5 : 3 + depth,
  });
  const value = typeof trial.value === "number" ? formatLoss(trial.value) : trial.value;
  mark.append(
    svgElement(
      "title",
      {},
      `Trial ${trial.number}: ${value} after ${trial.epochs} epochs, ${trial.status}\n${trial.set.join("\n")}`,
    ),
  );
  return mark;
}
