import type { SweepRecord } from "../../../core/protocol/run-files.ts";
import { TrialScatter } from "../charts/trial-scatter.ts";
import { sweepMetric, trialPlots, trialTable } from "../layout/sweep-trials.ts";
import { element } from "../ui/element.ts";
import { FigureFrame } from "./figure-frame.ts";
import type { ViewContext } from "./view.ts";

/** Plots that fit beside each other. */
const MOST_PLOTS = 4;

/** The trials of a sweep: a plot for each key that varies, or all of them as a table. */
export class SweepFigure {
  readonly element: HTMLElement;
  readonly #frame: FigureFrame;
  readonly #plots = element("div", { className: "trial-plots" });
  readonly #scatters = new Map<string, TrialScatter>();

  constructor({ send, dispatch }: ViewContext) {
    this.#frame = new FigureFrame({
      className: "figure-sweep",
      send,
      onToggleTable: () => dispatch({ type: "table/toggle", figure: "sweep" }),
    });
    this.element = this.#frame.element;
  }

  update(sweep: SweepRecord, isTable: boolean): void {
    const goal = sweep.goal === "minimize" ? "lower is better" : "higher is better";
    const rungs = sweep.rungs.length > 1 ? `, compared after ${sweep.rungs.join(", ")} epochs` : "";
    const title = `${sweep.trials.length} trials`;
    this.#frame.setTitle(
      title,
      `${sweepMetric(sweep)}, ${goal}${rungs}; filled: trained to the end`,
    );
    this.#frame.show(this.#plots, isTable ? trialTable(sweep) : undefined);
    if (!isTable) this.#show(sweep);
  }

  #show(sweep: SweepRecord): void {
    const plots = trialPlots(sweep).slice(0, MOST_PLOTS);
    const isSame = plots.map(({ key }) => key).join() === [...this.#scatters.keys()].join();
    if (!isSame) this.#rebuild(plots.map(({ key }) => key));
    for (const plot of plots) this.#scatters.get(plot.key)?.update(plot, sweepMetric(sweep));
  }

  #rebuild(keys: readonly string[]): void {
    for (const scatter of this.#scatters.values()) scatter.dispose();
    this.#scatters.clear();
    this.#plots.replaceChildren(
      ...keys.map((key) => {
        const scatter = new TrialScatter();
        this.#scatters.set(key, scatter);
        const name = element("figcaption", { className: "trial-key", text: key });
        return element("figure", { className: "trial-plot" }, scatter.element, name);
      }),
    );
  }
}
