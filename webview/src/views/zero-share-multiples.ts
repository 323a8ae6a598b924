import { LineChart, type LineChartOptions } from "../charts/line-chart.ts";
import type { Figure } from "../layout/figure.ts";
import { figureTable } from "../layout/figure-table.ts";
import { lastFinite } from "../layout/last-finite.ts";
import { formatPercent } from "../layout/number-format.ts";
import type { TableContent } from "../layout/table-content.ts";
import type { XScale } from "../layout/x-axis.ts";
import type { ZeroShareFigures } from "../layout/zero-share-figures.ts";
import { element } from "../ui/element.ts";
import { FigureFrame } from "./figure-frame.ts";
import type { ViewContext } from "./view.ts";

interface Multiple {
  readonly element: HTMLElement;
  readonly chart: LineChart;
  readonly value: HTMLElement;
}

/** One small chart per layer; its title opens the layer in the Weights tab. */
export class ZeroShareMultiples {
  readonly element: HTMLElement;
  readonly #frame: FigureFrame;
  readonly #grid = element("div", { className: "multiples" });
  readonly #all = element("button", { className: "link", attributes: { type: "button" } });
  readonly #options: LineChartOptions;
  readonly #context: ViewContext;
  readonly #multiples = new Map<string, Multiple>();

  constructor(options: Omit<LineChartOptions, "isCompact">, context: ViewContext) {
    this.#options = { ...options, isCompact: true };
    this.#context = context;
    this.#all.addEventListener("click", () =>
      context.dispatch({ type: "tab/select", tab: "weights" }),
    );
    this.#frame = new FigureFrame({
      className: "figure-zero-share",
      tools: [this.#all],
      send: context.send,
      onToggleTable: () => context.dispatch({ type: "table/toggle", figure: "zero-share" }),
    });
    this.#frame.setTitle("Zero share by layer", "exact zeros, 0 to 100%, same x");
    this.element = this.#frame.element;
  }

  update({ shown, total }: ZeroShareFigures, x: XScale, isTable: boolean): void {
    this.#frame.show(this.#grid, isTable ? multiplesTable(shown, x) : undefined);
    this.#all.textContent = total === 1 ? "1 layer" : `All ${total} layers`;
    const gone = [...this.#multiples].filter(([id]) => !shown.some((figure) => figure.id === id));
    for (const [id, multiple] of gone) {
      multiple.chart.dispose();
      this.#multiples.delete(id);
    }
    const multiples = shown.map((figure) => this.#updated(figure, x).element);
    if (multiples.some((one, index) => this.#grid.children[index] !== one) || gone.length > 0) {
      this.#grid.replaceChildren(...multiples);
    }
  }

  repaint(): void {
    for (const { chart } of this.#multiples.values()) chart.repaint();
  }

  #updated(figure: Figure, x: XScale): Multiple {
    const multiple = this.#multiples.get(figure.id) ?? this.#made(figure.id);
    this.#multiples.set(figure.id, multiple);
    const last = figure.lines[0] === undefined ? undefined : lastFinite(figure.lines[0].points);
    multiple.value.textContent = formatPercent(last ?? Number.NaN, 0);
    multiple.chart.update({ figure, x });
    return multiple;
  }

  #made(layer: string): Multiple {
    const chart = new LineChart(this.#options);
    const value = element("strong", { className: "multiple-value" });
    const title = element("button", {
      className: "multiple-name",
      text: layer.replace(/\.weight$/, ""),
      title: `Show ${layer}`,
      attributes: { type: "button" },
    });
    title.addEventListener("click", () => {
      this.#context.dispatch({ type: "layer/select", layer });
      this.#context.dispatch({ type: "tab/select", tab: "weights" });
    });
    const head = element("div", { className: "multiple-head" }, title, value);
    return {
      element: element("div", { className: "multiple" }, head, chart.element),
      chart,
      value,
    };
  }
}

/** All small charts as one table, a column for each layer. */
function multiplesTable(shown: readonly Figure[], x: XScale): TableContent | undefined {
  const [first] = shown;
  if (first === undefined) return undefined;
  const labels = shown.flatMap((figure) => figure.labels);
  return figureTable({ ...first, title: "Zero share by layer", labels }, x);
}
