import { LineChart, type LineChartOptions } from "../charts/line-chart.ts";
import type { Figure } from "../layout/figure.ts";
import { figureTable } from "../layout/figure-table.ts";
import type { XScale } from "../layout/x-axis.ts";
import { FigureFrame } from "./figure-frame.ts";
import type { ViewContext } from "./view.ts";

/** A line chart in its frame, with its table twin. */
export class LineFigure {
  readonly element: HTMLElement;
  readonly #frame: FigureFrame;
  readonly #chart: LineChart;

  constructor(
    id: string,
    options: LineChartOptions,
    context: ViewContext,
    tools: readonly HTMLElement[] = [],
  ) {
    this.#chart = new LineChart(options);
    this.#frame = new FigureFrame({
      className: `figure-${id}`,
      tools,
      send: context.send,
      onToggleTable: () => context.dispatch({ type: "table/toggle", figure: id }),
    });
    this.element = this.#frame.element;
  }

  update(figure: Figure, x: XScale, isTable: boolean): void {
    this.#frame.setTitle(figure.title, figure.subtitle);
    this.#frame.show(this.#chart.element, isTable ? figureTable(figure, x) : undefined);
    if (!isTable) this.#chart.update({ figure, x });
  }

  repaint(): void {
    this.#chart.repaint();
  }

  dispose(): void {
    this.#chart.dispose();
    this.element.remove();
  }
}
