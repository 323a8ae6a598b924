import uPlot from "uplot";
import { readable } from "../layout/align-series.ts";
import type { Figure } from "../layout/figure.ts";
import { figureSummary } from "../layout/figure-summary.ts";
import { type PlacedLabel, placeLabels, readOut } from "../layout/line-end-labels.ts";
import { moveCursor } from "../layout/move-cursor.ts";
import { nearestIndex } from "../layout/nearest.ts";
import type { XScale } from "../layout/x-axis.ts";
import { readTheme, type Theme } from "../theme/theme.ts";
import { element } from "../ui/element.ts";
import type { Chart } from "./chart.ts";
import type { Crosshair } from "./crosshair.ts";
import { CrosshairOverlay } from "./crosshair-overlay.ts";
import { EndLabels } from "./end-labels.ts";
import { drawMarks, LABEL_OFFSET } from "./plot-marks.ts";
import { type PlotSource, plotData, plotOptions, plotSignature } from "./plot-options.ts";
import { textWidth } from "./text-width.ts";

export interface LineChartData {
  readonly figure: Figure;
  readonly x: XScale;
}

export interface LineChartOptions {
  /** A small multiple: no ticks, no labels. */
  readonly isCompact: boolean;
  readonly crosshair: Crosshair;
  readonly onZoom: (zoom: readonly [number, number] | undefined) => void;
  readonly say: (text: string) => void;
}

/** Between a name and its value, and after the value. */
const LABEL_GAP = 10;
/** Keeps the name of the axis clear of a tick at the right end. */
const AXIS_NAME_SHIFT = 6;
/** Plots narrower than this use the labels' short names. */
const NARROW = 420;
/** Distance in CSS pixels at which the crosshair goes to a measured step. */
const SNAP = 2;

/** Lines over steps, with names at their ends, drawn by uPlot. */
export class LineChart implements Chart<LineChartData> {
  readonly element: HTMLElement;
  readonly #options: LineChartOptions;
  readonly #labels = new EndLabels();
  readonly #overlay: CrosshairOverlay;
  readonly #axisName = element("div", {
    className: "axis-name",
    attributes: { "aria-hidden": "true" },
  });
  readonly #notes = element("div", {
    className: "plot-notes",
    attributes: { "aria-hidden": "true" },
  });
  readonly #resize: ResizeObserver;
  readonly #unsubscribe: () => void;
  #theme: Theme | undefined;
  #data: LineChartData | undefined;
  #plot: uPlot | undefined;
  #signature = "";
  #placed: readonly PlacedLabel[] = [];

  constructor(options: LineChartOptions) {
    this.#options = options;
    this.#overlay = new CrosshairOverlay(!options.isCompact);
    this.element = element("div", {
      className: options.isCompact ? "chart compact" : "chart",
      attributes: { role: "img", tabindex: "0" },
    });
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.element.addEventListener("blur", () => options.crosshair.move(undefined));
    this.#unsubscribe = options.crosshair.subscribe(() => this.#point());
    this.#resize = new ResizeObserver(() => this.#draw());
    this.#resize.observe(this.element);
  }

  update(data: LineChartData): void {
    this.#data = data;
    this.element.setAttribute("aria-label", figureSummary(data.figure, data.x));
    this.#draw();
  }

  /** Reads the colours of a new theme and paints again. */
  repaint(): void {
    this.#theme = undefined;
    this.#plot?.redraw();
  }

  dispose(): void {
    this.#resize.disconnect();
    this.#unsubscribe();
    this.#plot?.destroy();
  }

  #draw(): void {
    const data = this.#data;
    const { clientWidth: width, clientHeight: height } = this.element;
    if (data === undefined || width < 40 || height < 30) return;
    const signature = plotSignature(data.figure);
    if (this.#plot === undefined || signature !== this.#signature)
      this.#rebuild(data, width, height);
    else this.#refresh(this.#plot, data, width, height);
    this.#signature = signature;
  }

  #refresh(plot: uPlot, data: LineChartData, width: number, height: number): void {
    if (plot.width !== width || plot.height !== height) plot.setSize({ width, height });
    plot.setData(plotData(data.figure));
  }

  #rebuild(data: LineChartData, width: number, height: number): void {
    this.#plot?.destroy();
    const options = plotOptions(
      this.#source(data),
      {
        onDraw: (plot) => this.#onDraw(plot),
        onZoom: (range) => this.#options.onZoom(range),
        onReset: () => this.#options.onZoom(undefined),
      },
      { width, height },
    );
    const plot = new uPlot(options, plotData(data.figure), this.element);
    plot.over.append(this.#overlay.element, this.#notes);
    plot.over.addEventListener("pointermove", (event) => this.#onPointer(plot, event));
    plot.over.addEventListener("pointerleave", () => this.#options.crosshair.move(undefined));
    if (!this.#options.isCompact) this.element.append(this.#labels.element, this.#axisName);
    this.#plot = plot;
  }

  #source(first: LineChartData): PlotSource {
    const current = (): LineChartData => this.#data ?? first;
    return {
      figure: () => current().figure,
      x: () => current().x,
      theme: () => this.#colors(),
      isCompact: this.#options.isCompact,
      labelWidth: () => this.#labelWidth(current().figure),
    };
  }

  #colors(): Theme {
    this.#theme ??= readTheme();
    return this.#theme;
  }

  #isNarrow(): boolean {
    return this.element.clientWidth < NARROW;
  }

  #labelWidth(figure: Figure): number {
    if (this.#options.isCompact) return 4;
    const font = this.#colors().tickFont;
    const widths = figure.labels.map((label) => {
      const name = this.#isNarrow() ? label.shortName : label.name;
      const value = label.format(label.values.y.at(-1) ?? Number.NaN);
      // Under the crosshair the value is bold; the plot must not change its width for that.
      return textWidth(`${name}${value}`, `600 ${font}`);
    });
    return Math.ceil(Math.max(28, ...widths)) + LABEL_OFFSET + LABEL_GAP;
  }

  #onDraw(plot: uPlot): void {
    const data = this.#data;
    if (data === undefined) return;
    const { figure, x } = data;
    const ratio = uPlot.pxRatio;
    const { left, top, width, height } = plot.bbox;
    const space = {
      toY: (value: number): number => plot.valToPos(value, "y"),
      plotHeight: height / ratio,
      lastX: x.range[1],
    };
    this.#placed = this.#options.isCompact ? [] : placeLabels(figure, space);
    drawMarks(plot, figure, this.#placed, this.#colors());
    const right = (left + width) / ratio;
    this.#labels.place(this.#placed, right + LABEL_OFFSET, top / ratio, this.#isNarrow());
    this.#axisName.textContent = x.axis;
    const [lastTick = ""] = x.formatTicks([x.range[1]]);
    const tickEnd = textWidth(lastTick, this.#colors().tickFont) / 2 + AXIS_NAME_SHIFT;
    this.#axisName.style.left = `${right + Math.max(LABEL_OFFSET + AXIS_NAME_SHIFT, tickEnd)}px`;
    this.#axisName.style.top = `${(top + height) / ratio + 5}px`;
    this.#placeNotes(plot, figure);
    this.#point();
  }

  #placeNotes(plot: uPlot, figure: Figure): void {
    if (this.#options.isCompact) return;
    const marks = figure.markers.map(({ x, text, tone }) => {
      const note = element("div", { className: `plot-note tone-${tone}`, text });
      const left = plot.valToPos(x, "x");
      const isRight = left > plot.over.clientWidth * 0.6;
      note.style.transform = `translateX(${left + (isRight ? -6 : 6)}px)${isRight ? " translateX(-100%)" : ""}`;
      return note;
    });
    const cut =
      figure.note === undefined
        ? []
        : [element("div", { className: "plot-note cut", text: figure.note })];
    this.#notes.replaceChildren(...marks, ...cut);
  }

  #onPointer(plot: uPlot, event: PointerEvent): void {
    const left = event.clientX - plot.over.getBoundingClientRect().left;
    this.#options.crosshair.move(this.#snapped(plot, plot.posToVal(left, "x")));
  }

  /** The measured step under the pointer, where steps lie closer than can be pointed at. */
  #snapped(plot: uPlot, x: number): number {
    const figure = this.#data?.figure;
    if (figure === undefined) return x;
    const measured = readableSteps(figure);
    const nearest = measured[nearestIndex(measured, x)];
    if (nearest === undefined) return x;
    return Math.abs(plot.valToPos(nearest, "x") - plot.valToPos(x, "x")) <= SNAP ? nearest : x;
  }

  #point(): void {
    const { crosshair } = this.#options;
    const at = crosshair.x();
    if (this.#plot === undefined || this.#data === undefined) return;
    const { figure, x } = this.#data;
    this.#labels.readAt(at);
    this.element.classList.toggle("pointing", at !== undefined);
    if (at === undefined) this.#overlay.hide();
    else this.#overlay.show(this.#plot, figure, at, x.formatValue(roundTo(at, x)));
  }

  #onKey(event: KeyboardEvent): void {
    if (this.#data === undefined) return;
    const { figure, x } = this.#data;
    const measured = readableSteps(figure);
    const move = { key: event.key, isShift: event.shiftKey };
    const next = moveCursor(measured, this.#options.crosshair.x(), move, x);
    if (next === "ignored") return;
    event.preventDefault();
    this.#options.crosshair.move(next);
    if (next === undefined) return;
    const values = figure.labels.map((label) => `${label.name} ${readOut(label, next)}`);
    this.#options.say(`${x.formatValue(roundTo(next, x))}: ${values.join(", ")}`);
  }
}

/** The steps that the first label of a figure can be read at. */
function readableSteps({ labels: [first] }: Figure): Float64Array {
  return first === undefined ? new Float64Array() : readable(first.values).x;
}

function roundTo(value: number, x: XScale): number {
  if (x.axis === "pruned") return value;
  return x.axis === "step" ? Math.round(value) : Math.round(value * 10) / 10;
}
