import type { EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";
import type { ClassColor } from "../layout/class-colors.ts";
import { type ClusterLabel, clusterLabels } from "../layout/cluster-labels.ts";
import { vectorCount } from "../layout/embedding-count.ts";
import { pointsOfRow, type ScatterPoints, scatterPoints } from "../layout/scatter-points.ts";
import { readTheme, type Theme } from "../theme/theme.ts";
import { element } from "../ui/element.ts";
import { rovingIndex } from "../ui/roving-focus.ts";
import type { Chart } from "./chart.ts";
import {
  clusterFont,
  drawClusterLabels,
  drawItem,
  drawPoints,
  prepared,
} from "./scatter-drawing.ts";
import { textWidth } from "./text-width.ts";

export interface ScatterData {
  readonly view: EmbeddingView;
  readonly classes: readonly ClassColor[];
  readonly hiddenClasses: readonly string[];
  readonly hiddenModalities: readonly string[];
}

/** Pixels around the pointer in which a point counts as meant. */
const REACH = 14;

/** Points of all modalities in one projection: colour is the class, shape the modality. */
export class Scatter implements Chart<ScatterData> {
  readonly element: HTMLElement;
  readonly #points = element("canvas", { className: "scatter-layer" });
  readonly #front = element("canvas", { className: "scatter-layer" });
  readonly #resize: ResizeObserver;
  readonly #onPin: (row: number | undefined) => void;
  #data: ScatterData | undefined;
  #placed: ScatterPoints | undefined;
  #labels: readonly ClusterLabel[] = [];
  #theme: Theme | undefined;
  #pinned: number | undefined;
  #emphasized: string | undefined;

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
    this.#drawFront();
  }

  /** Brings one class to the front and dims the others. */
  emphasize(label: string | undefined): void {
    this.#emphasized = label;
    this.#drawFront();
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
    const font = clusterFont(this.#colors());
    this.#labels = clusterLabels(data.view, placed, (text) => textWidth(text, font));
    const ctx = prepared(this.#points, width, height);
    if (ctx !== undefined) drawPoints(ctx, placed, data, this.#colors());
    this.#drawFront();
  }

  #drawFront(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    const ctx = prepared(this.#front, width, height);
    const isBusy = this.#pinned !== undefined || this.#emphasized !== undefined;
    this.#points.classList.toggle("dimmed", isBusy);
    const placed = this.#placed;
    const data = this.#data;
    if (ctx === undefined || placed === undefined || data === undefined) return;
    const theme = this.#colors();
    if (this.#emphasized !== undefined) drawPoints(ctx, placed, data, theme, this.#emphasized);
    drawClusterLabels(ctx, this.#labels, theme);
    if (this.#pinned !== undefined) {
      drawItem(ctx, pointsOfRow(placed, this.#pinned), { placed, data, theme });
    }
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

function summary({ view, classes, hiddenModalities }: ScatterData): string {
  const modalities = view.clouds.map((cloud) => `${cloud.rows.length} ${cloud.modality}`);
  const [first, second] = view.explained.map((share) => Math.round(share * 100));
  return [
    `Scatter of ${vectorCount(view, hiddenModalities)} (${modalities.join(", ")})`,
    `in the first two principal components, ${first}% and ${second}% of the variance,`,
    `${classes.length} classes. Arrow keys go from item to item.`,
  ].join(" ");
}
