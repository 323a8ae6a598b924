import { type Crosshair, createCrosshair } from "../charts/crosshair.ts";
import type { LineChartOptions } from "../charts/line-chart.ts";
import { type CurveFigures, curveContext, curveFigures } from "../layout/curve-figures.ts";
import type { Figure } from "../layout/figure.ts";
import { SPARSITY_SCALE, sparsityFigure } from "../layout/sparsity-figure.ts";
import type { PanelState } from "../store/panel-state.ts";
import { element } from "../ui/element.ts";
import { segmented } from "../ui/segmented.ts";
import { CurveToolbar } from "./curve-toolbar.ts";
import { LineFigure } from "./line-figure.ts";
import { placeholder } from "./placeholder.ts";
import { SweepFigure } from "./sweep-figure.ts";
import type { View, ViewContext } from "./view.ts";
import { ZeroShareMultiples } from "./zero-share-multiples.ts";

/** Everything that was logged step by step, on one shared x axis. */
export class CurvesView implements View {
  readonly element = element("div", { className: "view curves" });
  readonly #context: ViewContext;
  readonly #crosshair: Crosshair = createCrosshair();
  readonly #toolbar: CurveToolbar;
  readonly #rows = [
    element("div", { className: "figure-row upper" }),
    element("div", { className: "figure-row lower" }),
    element("div", { className: "figure-row further" }),
  ];
  readonly #figures = new Map<string, LineFigure>();
  readonly #columns = new Map<string, HTMLElement>();
  readonly #multiples: ZeroShareMultiples;
  readonly #norm;
  #sweep: SweepFigure | undefined;
  #sparsity: LineFigure | undefined;

  constructor(context: ViewContext) {
    this.#context = context;
    this.#toolbar = new CurveToolbar(context);
    this.#multiples = new ZeroShareMultiples(this.#chartOptions(), context);
    this.#norm = segmented(
      "Norm",
      [
        { id: "l1", title: "‖w‖₁" },
        { id: "l2", title: "‖w‖₂" },
      ],
      (norm) => context.dispatch({ type: "norm/select", norm }),
    );
  }

  update(state: PanelState): void {
    if (state.series.size === 0 && state.header?.sweep === undefined) {
      this.element.replaceChildren(placeholder(state, "Curves", "the first step is logged"));
      return;
    }
    this.#toolbar.update(state);
    this.#norm.select(state.settings.norm);
    if (this.#toolbar.element.parentElement !== this.element) {
      this.element.replaceChildren(this.#toolbar.element, ...this.#rows);
    }
    this.#show(curveFigures(state), state.settings.tables);
    this.#showFurther(state);
  }

  repaint(): void {
    for (const figure of this.#figures.values()) figure.repaint();
    this.#multiples.repaint();
    this.#sparsity?.repaint();
  }

  #show({ rows, context, zeroShare }: CurveFigures, tables: readonly string[]): void {
    // A sweep has no steps of its own.
    this.#toolbar.element.hidden = rows.flat(2).length === 0 && zeroShare.shown.length === 0;
    this.#dropMissing(rows.flat(2));
    for (const [index, row] of rows.entries()) {
      const shown = row.map((column, position) => {
        const host = this.#columnOf(`${index} ${position}`);
        placeChildren(
          host,
          column.map((figure) => this.#figureOf(figure.id).element),
        );
        host.className = `figure-column column-${column[0]?.id}`;
        return host;
      });
      if (index === 1 && zeroShare.shown.length > 0) shown.push(this.#multiples.element);
      this.#place(index, shown);
    }
    for (const figure of rows.flat(2)) {
      this.#figureOf(figure.id).update(figure, context.x, tables.includes(figure.id));
    }
    if (zeroShare.shown.length > 0) {
      this.#multiples.update(zeroShare, context.x, tables.includes("zero-share"));
    }
  }

  /** What is not over steps: trials of a sweep, and the model with weights removed. */
  #showFurther(state: PanelState): void {
    const { header, settings } = state;
    const shown: HTMLElement[] = [];
    if (header?.sweep !== undefined) {
      this.#sweep ??= new SweepFigure(this.#context);
      this.#sweep.update(header.sweep, settings.tables.includes("sweep"));
      shown.push(this.#sweep.element);
    }
    const sparsity = sparsityFigure(curveContext(state));
    if (sparsity !== undefined) {
      this.#sparsity ??= this.#sparsityFigure();
      this.#sparsity.update(sparsity, SPARSITY_SCALE, settings.tables.includes("sparsity"));
      shown.push(this.#sparsity.element);
    }
    this.#place(2, shown);
  }

  /** Its axis is its own, so it neither shares the crosshair nor the zoom. */
  #sparsityFigure(): LineFigure {
    const options = {
      ...this.#chartOptions(),
      isCompact: false,
      crosshair: createCrosshair(),
      onZoom: () => undefined,
    };
    return new LineFigure("sparsity", options, this.#context);
  }

  #place(row: number, shown: readonly HTMLElement[]): void {
    const host = this.#rows[row];
    if (host === undefined) return;
    host.hidden = shown.length === 0;
    placeChildren(host, shown);
  }

  #columnOf(key: string): HTMLElement {
    const column = this.#columns.get(key) ?? element("div");
    this.#columns.set(key, column);
    return column;
  }

  #dropMissing(present: readonly Figure[]): void {
    for (const [id, figure] of this.#figures) {
      if (present.some((one) => one.id === id)) continue;
      figure.dispose();
      this.#figures.delete(id);
    }
  }

  #figureOf(id: string): LineFigure {
    const known = this.#figures.get(id);
    if (known !== undefined) return known;
    const tools = id === "norm" ? [this.#norm.element] : [];
    const options = { ...this.#chartOptions(), isCompact: false };
    const made = new LineFigure(id, options, this.#context, tools);
    this.#figures.set(id, made);
    return made;
  }

  #chartOptions(): Omit<LineChartOptions, "isCompact"> {
    return {
      crosshair: this.#crosshair,
      say: this.#context.say,
      onZoom: (zoom) => this.#context.dispatch({ type: "zoom/set", zoom }),
    };
  }
}

/** Touches the document only when something changed, so that focus and scrolling stay. */
function placeChildren(host: HTMLElement, wanted: readonly HTMLElement[]): void {
  const isSame =
    host.childElementCount === wanted.length &&
    wanted.every((one, index) => host.children[index] === one);
  if (!isSame) host.replaceChildren(...wanted);
}
