import type { EmbeddingView } from "../../../core/protocol/webview.ts";
import type { ClassColor } from "../layout/class-colors.ts";
import { vectorCount } from "../layout/embedding-count.ts";
import { modalityShapes, type PointShape, shapePath } from "../layout/modality-shape.ts";
import { pointsOfRow, type ScatterPoints, scatterPoints } from "../layout/scatter-points.ts";
import { readTheme, type Theme } from "../theme/theme.ts";
import { element } from "../ui/element.ts";
import { rovingIndex } from "../ui/roving-focus.ts";
import type { Chart } from "./chart.ts";

export interface ScatterData {
  readonly view: EmbeddingView;
  readonly classes: readonly ClassColor[];
  readonly hiddenClasses: readonly string[];
  readonly hiddenModalities: readonly string[];
}

/** Pixels around the pointer in which a point counts as meant. */
const REACH = 14;
const RADIUS = 3.6;
const RADIUS_PINNED = 6;

/** Points of all modalities in one projection: colour is the class, shape the modality. */
export class Scatter implements Chart<ScatterData> {
  readonly element: HTMLElement;
  readonly #points = element("canvas", { className: "scatter-layer" });
  readonly #front = element("canvas", { className: "scatter-layer" });
  readonly #resize: ResizeObserver;
  readonly #onPin: (row: number | undefined) => void;
  #data: ScatterData | undefined;
  #placed: ScatterPoints | undefined;
  #theme: Theme | undefined;
  #pinned: number | undefined;

  /** `onPin` hears of the item under the pointer; `undefined` when there is none. */
  constructor(onPin: (row: number | undefined) => void) {
    this.#onPin = onPin;
    this.element = element(
      "div",
      { className: "scatter", attributes: { role: "img", tabindex: "0" } },
      this.#points,
      this.#front,
    );
    this.element.addEventListener("pointermove", (event) => this.#onPointer(event));
    this.element.addEventListener("pointerleave", () => this.#onPin(undefined));
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.#resize = new ResizeObserver(() => this.#draw());
    this.#resize.observe(this.element);
  }

  update(data: ScatterData): void {
    this.#data = data;
    this.element.setAttribute("aria-label", summary(data));
    this.#draw();
  }

  /** Shows one item in all its modalities, joined by lines. */
  pin(row: number | undefined): void {
    this.#pinned = row;
    this.#drawPinned();
  }

  repaint(): void {
    this.#theme = undefined;
    this.#draw();
  }

  dispose(): void {
    this.#resize.disconnect();
  }

  #colors(): Theme {
    this.#theme ??= readTheme();
    return this.#theme;
  }

  #draw(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    const data = this.#data;
    if (data === undefined || width < 40 || height < 40) return;
    const placed = scatterPoints(data.view, data, { width, height });
    this.#placed = placed;
    const ctx = prepared(this.#points, width, height);
    if (ctx !== undefined) drawPoints(ctx, placed, data, this.#colors());
    this.#drawPinned();
  }

  #drawPinned(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    const ctx = prepared(this.#front, width, height);
    const placed = this.#placed;
    const data = this.#data;
    this.#points.classList.toggle("dimmed", this.#pinned !== undefined);
    if (ctx === undefined || placed === undefined || data === undefined) return;
    if (this.#pinned === undefined) return;
    drawItem(ctx, pointsOfRow(placed, this.#pinned), { placed, data, theme: this.#colors() });
  }

  #onPointer(event: PointerEvent): void {
    if (this.#placed === undefined) return;
    const box = this.element.getBoundingClientRect();
    const index = this.#placed.grid.nearest(
      event.clientX - box.left,
      event.clientY - box.top,
      REACH,
    );
    this.#onPin(index < 0 ? undefined : this.#placed.rows[index]);
  }

  #onKey(event: KeyboardEvent): void {
    const rows = [...new Set(this.#placed?.rows ?? [])];
    if (event.key === "Escape") this.#onPin(undefined);
    const current = this.#pinned === undefined ? -1 : rows.indexOf(this.#pinned);
    const next = rovingIndex(event.key, current, rows.length);
    if (next === undefined) return;
    event.preventDefault();
    this.#onPin(rows[next]);
  }
}

/** A cleared context in CSS pixels, sharp on dense screens. */
function prepared(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | undefined {
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const ctx = canvas.getContext("2d") ?? undefined;
  ctx?.scale(ratio, ratio);
  return ctx;
}

/** One picture for each class and modality, stamped at every point: fast with many points. */
function drawPoints(
  ctx: CanvasRenderingContext2D,
  placed: ScatterPoints,
  data: ScatterData,
  theme: Theme,
): void {
  const stamps = stampCache(data, theme, RADIUS);
  const labels = new Map(data.view.items.map((item) => [item.row, item.label]));
  for (const [index, row] of placed.rows.entries()) {
    const stamp = stamps(labels.get(row) ?? "", placed.clouds[index] ?? 0);
    if (stamp === undefined) continue;
    const half = stamp.width / devicePixelRatio / 2;
    const x = placed.positions[index * 2] ?? 0;
    const y = placed.positions[index * 2 + 1] ?? 0;
    ctx.drawImage(stamp, x - half, y - half, half * 2, half * 2);
  }
}

function stampCache(
  { classes, view }: ScatterData,
  theme: Theme,
  radius: number,
): (label: string, cloud: number) => HTMLCanvasElement | undefined {
  const colors = new Map(classes.map(({ label, color }) => [label, theme.ink(color)]));
  const shapes = modalityShapes(view.clouds.map((cloud) => cloud.modality));
  const cache = new Map<string, HTMLCanvasElement>();
  return (label, cloud) => {
    const shape = shapes.get(view.clouds[cloud]?.modality ?? "");
    if (shape === undefined) return undefined;
    const key = `${label}\n${cloud}`;
    const known = cache.get(key) ?? stampOf(shape, colors.get(label) ?? "gray", theme, radius);
    cache.set(key, known);
    return known;
  };
}

function stampOf(
  shape: PointShape,
  color: string,
  theme: Theme,
  radius: number,
): HTMLCanvasElement {
  const size = Math.ceil(radius * 2.6 + 3);
  const canvas = element("canvas");
  const ctx = prepared(canvas, size, size);
  if (ctx === undefined) return canvas;
  ctx.translate(size / 2, size / 2);
  const path = new Path2D(shapePath(shape, radius));
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = theme.background;
  ctx.stroke(path);
  ctx.fillStyle = color;
  ctx.fill(path);
  return canvas;
}

function drawItem(
  ctx: CanvasRenderingContext2D,
  indices: readonly number[],
  {
    placed,
    data,
    theme,
  }: { readonly placed: ScatterPoints; readonly data: ScatterData; readonly theme: Theme },
): void {
  const at = indices.map(
    (index) => [placed.positions[index * 2] ?? 0, placed.positions[index * 2 + 1] ?? 0] as const,
  );
  ctx.strokeStyle = theme.ink("foreground");
  ctx.lineWidth = 1.5;
  for (const [first, [fromX, fromY]] of at.entries()) {
    for (const [toX, toY] of at.slice(first + 1)) {
      ctx.beginPath();
      ctx.moveTo(fromX, fromY);
      ctx.lineTo(toX, toY);
      ctx.stroke();
    }
  }
  const stamps = stampCache(data, theme, RADIUS_PINNED);
  const labels = new Map(data.view.items.map((item) => [item.row, item.label]));
  for (const [position, index] of indices.entries()) {
    const label = labels.get(placed.rows[index] ?? -1) ?? "";
    const stamp = stamps(label, placed.clouds[index] ?? 0);
    const [x, y] = at[position] ?? [0, 0];
    if (stamp === undefined) continue;
    const half = stamp.width / devicePixelRatio / 2;
    ctx.drawImage(stamp, x - half, y - half, half * 2, half * 2);
  }
}

function summary({ view, classes, hiddenModalities }: ScatterData): string {
  const modalities = view.clouds.map((cloud) => `${cloud.rows.length} ${cloud.modality}`);
  const [first, second] = view.explained.map((share) => Math.round(share * 100));
  return [
    `Scatter of ${vectorCount(view, hiddenModalities)} (${modalities.join(", ")})`,
    `in the first two principal components, ${first}% and ${second}% of the variance,`,
    `${classes.length} classes. Arrow keys go from item to item.`,
  ].join(" ");
}
