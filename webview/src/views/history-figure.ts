import { WeightHistory } from "../charts/weight-history.ts";
import { historyTable, stepCount } from "../layout/history-table.ts";
import type { PanelState, WeightsState } from "../store/panel-state.ts";
import { FigureFrame } from "./figure-frame.ts";
import type { ViewContext } from "./view.ts";

/** How the values of the selected tensor spread over the steps; asks for them when they are not there. */
export class HistoryFigure {
  readonly element: HTMLElement;
  readonly #frame: FigureFrame;
  readonly #chart: WeightHistory;
  readonly #send: ViewContext["send"];
  #asked = "";

  constructor({ send, dispatch }: ViewContext, onStep: (step: number) => void) {
    this.#send = send;
    this.#chart = new WeightHistory(onStep);
    this.#frame = new FigureFrame({
      className: "figure-history",
      send,
      onToggleTable: () => dispatch({ type: "table/toggle", figure: "history" }),
    });
    this.element = this.#frame.element;
  }

  update({ layerHistory, settings, file }: PanelState, weights: WeightsState, layer: string): void {
    const { steps, step } = weights;
    this.element.hidden = file !== undefined || steps.length < 2;
    if (this.element.hidden) return;
    this.#ask(layer, steps);
    const history = layerHistory?.layer === layer ? layerHistory : undefined;
    if (history === undefined || history.entries.length === 0) {
      this.#frame.setTitle("Values over steps", "reading the steps");
      return;
    }
    const count = stepCount(history.entries.length, history.total);
    this.#frame.setTitle("Values over steps", `density, zeros apart below; ${count}`);
    const isTable = settings.tables.includes("history");
    this.#frame.show(this.#chart.element, isTable ? historyTable(history) : undefined);
    if (!isTable) this.#chart.update({ history, step });
  }

  repaint(): void {
    this.#chart.repaint();
  }

  #ask(layer: string, steps: readonly number[]): void {
    const wanted = `${layer} ${steps.length} ${steps.at(-1)}`;
    if (wanted === this.#asked) return;
    this.#asked = wanted;
    this.#send({ type: "weights/request-history", layer });
  }
}
