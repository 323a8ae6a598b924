import type { LayerHistory } from "../../../core/protocol/panel/weights.ts";
import { formatTicks } from "../layout/axis-format.ts";
import { columnAt, type HistoryStrip, historyStrip } from "../layout/history-strip.ts";
import { formatCount, formatPercent } from "../layout/number-format.ts";
import { niceTicks } from "../layout/ticks.ts";
import { readTheme, type Theme } from "../theme/theme.ts";
import { element } from "../ui/element.ts";
import type { Chart } from "./chart.ts";
import { rgbOf } from "./rgb-of.ts";

/** CSS pixels. */
const MARGIN = { left: 44, right: 8, top: 4, bottom: 18 } as const;
const ZERO_HEIGHT = 30;
const GAP = 6;
/** Weakest tint of a pixel row that holds values. */
const WEAKEST = 0.16;

export interface WeightHistoryData {
  readonly history: LayerHistory;
  /** The step that the rest of the page shows. */
  readonly step: number;
}

/** Boxes of both strips in device pixels. */
interface Boxes {
  readonly ratio: number;
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly height: number;
  readonly zeroTop: number;
  readonly zeroHeight: number;
}

/**
 * The histograms of one tensor at all steps side by side, blue below zero and orange above, over a
 * strip with the share of exact zeros; a line marks the step that is shown, a press chooses another.
 */
export class WeightHistory implements Chart<WeightHistoryData> {
  readonly element: HTMLElement;
  readonly #canvas = element("canvas", { attributes: { role: "img" } });
  readonly #resize: ResizeObserver;
  #data: WeightHistoryData | undefined;
  #strip: HistoryStrip | undefined;
  #left = 0;

  constructor(onStep: (step: number) => void) {
    this.element = element("div", { className: "weight-history" }, this.#canvas);
    this.#resize = new ResizeObserver(() => this.#draw());
    this.#resize.observe(this.element);
    this.#canvas.addEventListener("click", (event) => {
      const column = this.#columnAt(event);
      if (column !== undefined) onStep(column.step);
    });
    this.#canvas.addEventListener("pointermove", (event) => {
      const column = this.#columnAt(event);
      if (column === undefined) return;
      const zero = formatPercent(column.zeroFraction);
      this.#canvas.title = `Step ${formatCount(column.step)}: ${zero} zero`;
    });
  }

  update(data: WeightHistoryData): void {
    if (data.history === this.#data?.history && data.step === this.#data.step) return;
    this.#data = data;
    this.#canvas.setAttribute("aria-label", summary(data));
    this.#draw();
  }

  repaint(): void {
    this.#draw();
  }

  dispose(): void {
    this.#resize.disconnect();
  }

  #columnAt(event: MouseEvent): HistoryStrip["columns"][number] | undefined {
    const x = event.offsetX * devicePixelRatio - this.#left;
    const columns = this.#strip?.columns ?? [];
    return columns[columnAt(columns, x)];
  }

  #draw(): void {
    const ratio = devicePixelRatio;
    const width = Math.floor(this.element.clientWidth * ratio);
    const height = Math.floor(this.element.clientHeight * ratio);
    const boxes = boxesOf(width, height, ratio);
    if (this.#data === undefined || boxes.width < 20 || boxes.height < 20) return;
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#canvas.style.width = `${width / ratio}px`;
    this.#canvas.style.height = `${height / ratio}px`;
    const context = this.#canvas.getContext("2d");
    if (context === null) return;
    this.#left = boxes.left;
    this.#strip = historyStrip(this.#data.history.entries, boxes);
    const theme = readTheme();
    drawValues(context, this.#strip, boxes, theme);
    drawZeros(context, this.#strip, boxes, theme);
    drawAxes(context, this.#strip, boxes, theme);
    drawMarker(context, this.#strip, boxes, { step: this.#data.step, theme });
  }
}

function boxesOf(width: number, height: number, ratio: number): Boxes {
  const scaled = (length: number) => Math.round(length * ratio);
  const zeroHeight = scaled(ZERO_HEIGHT);
  const zeroTop = height - scaled(MARGIN.bottom) - zeroHeight;
  return {
    ratio,
    left: scaled(MARGIN.left),
    width: width - scaled(MARGIN.left) - scaled(MARGIN.right),
    top: scaled(MARGIN.top),
    height: zeroTop - scaled(GAP) - scaled(MARGIN.top),
    zeroTop,
    zeroHeight,
  };
}

function drawValues(
  context: CanvasRenderingContext2D,
  { columns, rows }: HistoryStrip,
  { left, top }: Boxes,
  theme: Theme,
): void {
  const colors = { below: rgbOf(theme.ink("s1")), above: rgbOf(theme.ink("s2")) };
  const stamp = element("canvas");
  stamp.width = columns.length;
  stamp.height = rows;
  const image = new ImageData(columns.length, rows);
  for (const [index, { strengths }] of columns.entries()) {
    for (const [row, strength] of strengths.entries()) {
      if (strength === 0) continue;
      const opacity = WEAKEST + (1 - WEAKEST) * strength;
      const color = colors[row < rows / 2 ? "above" : "below"];
      image.data.set([...color, Math.round(255 * opacity)], (row * columns.length + index) * 4);
    }
  }
  stamp.getContext("2d")?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  for (const [index, column] of columns.entries()) {
    const width = column.right - column.left;
    context.drawImage(stamp, index, 0, 1, rows, left + column.left, top, width, rows);
  }
}

function drawZeros(
  context: CanvasRenderingContext2D,
  { columns }: HistoryStrip,
  { left, width, zeroTop, zeroHeight }: Boxes,
  theme: Theme,
): void {
  context.fillStyle = theme.track;
  context.fillRect(left, zeroTop, width, zeroHeight);
  context.fillStyle = theme.neutral;
  for (const column of columns) {
    const height = Math.round(zeroHeight * column.zeroFraction);
    context.fillRect(
      left + column.left,
      zeroTop + zeroHeight - height,
      column.right - column.left,
      height,
    );
  }
}

function drawAxes(
  context: CanvasRenderingContext2D,
  { columns, limit }: HistoryStrip,
  { ratio, left, width, top, height, zeroTop, zeroHeight }: Boxes,
  theme: Theme,
): void {
  context.font = theme.tickFont.replace(/^\d+px/, `${11 * ratio}px`);
  context.fillStyle = theme.ink("muted");
  context.textBaseline = "middle";
  context.textAlign = "right";
  const ticks = limit > 0 ? niceTicks(-limit, limit, 3) : [];
  for (const [index, text] of formatTicks(ticks).entries()) {
    const y = top + ((limit - (ticks[index] ?? 0)) / (2 * limit)) * height;
    context.fillText(text, left - 6 * ratio, Math.min(Math.max(y, 7 * ratio), top + height));
  }
  context.fillText("zero", left - 6 * ratio, zeroTop + zeroHeight / 2);
  if (limit === 0) {
    context.textAlign = "center";
    context.fillText("all values are zero", left + width / 2, top + height / 2);
  }
  const [first, last] = [columns[0], columns.at(-1)];
  const baseline = zeroTop + zeroHeight + 10 * ratio;
  context.textAlign = "left";
  if (first !== undefined) context.fillText(formatCount(first.step), left, baseline);
  context.textAlign = "right";
  if (last !== undefined && last !== first) {
    context.fillText(`step ${formatCount(last.step)}`, left + width, baseline);
  }
}

function drawMarker(
  context: CanvasRenderingContext2D,
  { columns }: HistoryStrip,
  { ratio, left, top, zeroTop, zeroHeight }: Boxes,
  { step, theme }: { readonly step: number; readonly theme: Theme },
): void {
  // Of an even choice of steps the one that is shown may be left out.
  const column = columns.reduce<HistoryStrip["columns"][number] | undefined>(
    (best, candidate) =>
      best === undefined || Math.abs(candidate.step - step) < Math.abs(best.step - step)
        ? candidate
        : best,
    undefined,
  );
  if (column === undefined) return;
  const x = left + Math.round((column.left + column.right) / 2);
  context.fillStyle = theme.ink("foreground");
  context.fillRect(x, top, Math.max(1, Math.round(ratio)), zeroTop + zeroHeight - top);
}

function summary({ history: { layer, entries, total }, step }: WeightHistoryData): string {
  const [first, last] = [entries[0], entries.at(-1)];
  const share = (entry: typeof first) =>
    entry === undefined ? "" : formatPercent(entry.zeros / entry.count);
  return [
    `Values of ${layer} at ${formatCount(entries.length)} of ${formatCount(total)} steps.`,
    `Exact zeros go from ${share(first)} to ${share(last)}.`,
    `Step ${formatCount(step)} is marked.`,
  ].join(" ");
}
