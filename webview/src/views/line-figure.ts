import { LineChart, type LineChartOptions } from "../charts/line-chart.ts";
import type { Figure } from "../layout/figure.ts";
import { figureTable, figureText } from "../layout/figure-table.ts";
import { formatCount } from "../layout/number-format.ts";
import type { XScale } from "../layout/x-axis.ts";
import { dataTable } from "../ui/data-table.ts";
import { FigureFrame } from "./figure-frame.ts";
import type { ViewContext } from "./view.ts";

/** Rows of a table twin; copying gives all of them. */
const TABLE_ROWS = 200;

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
    if (!isTable) {
      this.#frame.showChart(this.#chart.element);
      this.#chart.update({ figure, x });
      return;
    }
    const { columns, rows, total } = figureTable(figure, x, TABLE_ROWS);
    this.#frame.showTable(
      dataTable({ caption: figure.title, columns, rows }),
      () => figureText(figure, x),
      `${formatCount(rows.length)} of ${formatCount(total)} rows`,
    );
  }

  repaint(): void {
    this.#chart.repaint();
  }

  dispose(): void {
    this.#chart.dispose();
    this.element.remove();
  }
}
