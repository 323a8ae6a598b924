import type { RunComparison } from "../../../core/protocol/panel/compare.ts";
import { withDistinctNames } from "../layout/distinct-names.ts";
import type { PanelState } from "../store/panel-state.ts";
import { element } from "../ui/element.ts";
import { button, dropdown, progressRing } from "../ui/toolkit.ts";
import { LayerDeltas } from "./layer-deltas.ts";
import { MetricDeltas } from "./metric-deltas.ts";
import { runLabel } from "./run-label.ts";
import { SettingDifferences } from "./setting-differences.ts";
import type { View, ViewContext } from "./view.ts";
import { ZeroShareComparison } from "./zero-share-comparison.ts";

/** The run against those that the reader ticked: what was set, what came out, what it did to the layers. */
export class CompareView implements View {
  readonly element = element("div", { className: "view compare" });
  readonly #context: ViewContext;
  readonly #own = element("span", { className: "compare-own" });
  readonly #other = element("span", { className: "compare-other" });
  readonly #choice;
  readonly #note = element("span", { className: "muted compare-note" });
  readonly #settings: SettingDifferences;
  readonly #metrics: MetricDeltas;
  readonly #zeros: ZeroShareComparison;
  readonly #layers: LayerDeltas;
  readonly #content: readonly HTMLElement[];
  #asked: readonly unknown[] = [];
  #keys: readonly string[] = [];

  constructor(context: ViewContext) {
    this.#context = context;
    this.#choice = dropdown("Compare with", (index) => {
      const key = this.#keys[index];
      if (key !== undefined) context.dispatch({ type: "compare/choose", key });
    });
    this.#settings = new SettingDifferences(context);
    this.#metrics = new MetricDeltas(context);
    this.#zeros = new ZeroShareComparison(context);
    this.#layers = new LayerDeltas(context);
    this.#content = [
      element(
        "div",
        { className: "toolbar" },
        this.#own,
        element("span", { className: "muted", text: "against" }),
        this.#other,
        this.#choice.element,
        this.#note,
      ),
      element(
        "div",
        { className: "compare-columns" },
        element(
          "div",
          { className: "compare-column" },
          this.#settings.element,
          this.#metrics.element,
        ),
        this.#zeros.element,
        this.#layers.element,
      ),
    ];
  }

  update(state: PanelState): void {
    this.#ask(state);
    const { comparison, settings } = state;
    if (comparison === undefined || comparison.pairs.length === 0) {
      this.element.replaceChildren(comparison === undefined ? waiting() : this.#empty());
      return;
    }
    if (this.element.firstElementChild !== this.#content[0]) {
      this.element.replaceChildren(...this.#content);
    }
    const runs = withDistinctNames(comparison.runs);
    const named = { ...comparison, runs };
    const { pairs } = named;
    const chosen = runs.findIndex(({ key }, index) => index > 0 && key === settings.comparedWith);
    const other = Math.max(1, chosen);
    const pair = pairs[other - 1];
    this.#head(named, other, state.others.length > 0);
    this.#settings.update(named, settings);
    if (pair === undefined) return;
    this.#metrics.update(named, pair, other, settings);
    this.#zeros.update(named, pair, other);
    this.#layers.update(named, pair, other);
  }

  repaint(): void {
    // All of it follows the style sheet.
  }

  /**
   * Asks anew when a run, what is ticked, or the newest weights have changed. Nobody tells the page of
   * a new baseline, so without a ticked run it asks whenever the reader does something here.
   */
  #ask({ header, others, weights, settings }: PanelState): void {
    if (header === undefined) return;
    const seen = others.length === 0 ? settings : undefined;
    const now = [header, others, weights?.steps.at(-1), seen];
    const isSame =
      now.length === this.#asked.length && now.every((part, index) => part === this.#asked[index]);
    if (isSame) return;
    this.#asked = now;
    this.#context.send({ type: "compare/request" });
  }

  #head({ runs }: RunComparison, other: number, isTicked: boolean): void {
    const [own, ...others] = runs;
    const shown = runs[other];
    if (own === undefined || shown === undefined) return;
    this.#keys = others.map(({ key }) => key);
    this.#own.replaceChildren(runLabel(own, 0));
    this.#other.replaceChildren(runLabel(shown, other));
    this.#choice.element.hidden = others.length < 2;
    if (others.length > 1)
      this.#choice.setOptions(
        others.map(({ name }) => name),
        other - 1,
      );
    this.#other.hidden = others.length > 1;
    this.#note.textContent = isTicked ? "" : "the baseline, as no other run is ticked";
  }

  #empty(): HTMLElement {
    return element(
      "div",
      { className: "placeholder" },
      element("h2", { text: "Nothing to compare with" }),
      element("p", {
        text: "Tick a run in the list of runs to compare this one with it, or set one as the baseline there.",
      }),
      button({
        text: "Choose a run…",
        appearance: "primary",
        onClick: () => this.#context.send({ type: "compare/pick" }),
      }),
    );
  }
}

function waiting(): HTMLElement {
  return element(
    "div",
    { className: "placeholder" },
    progressRing("Waiting"),
    element("h2", { text: "Comparing" }),
  );
}
