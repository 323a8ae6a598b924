import type { RunComparison, RunPair } from "../../../core/protocol/panel/compare.ts";
import { ZeroShareSlopes } from "../charts/zero-share-slopes.ts";
import { zeroShareSlopes } from "../layout/layer-deltas.ts";
import { formatCount } from "../layout/number-format.ts";
import { tabSeparated } from "../layout/table-content.ts";
import { element } from "../ui/element.ts";
import { CompareSection } from "./compare-section.ts";
import { runLabel } from "./run-label.ts";
import type { ViewContext } from "./view.ts";

/** More labels than this could not be told apart. */
const MOST_LAYERS = 24;

/** How sparse each penalised layer became, from the other run to this one. */
export class ZeroShareComparison {
  readonly element: HTMLElement;
  readonly #section: CompareSection;
  readonly #chart = new ZeroShareSlopes();
  readonly #ends = element("div", { className: "slope-ends" });

  constructor({ send }: ViewContext) {
    this.#section = new CompareSection({
      className: "compare-zeros",
      title: "Zero share by layer",
      send,
    });
    this.element = this.#section.element;
  }

  update({ runs }: RunComparison, pair: RunPair, other: number): void {
    const [run, reference] = [runs[0], runs[other]];
    const all = zeroShareSlopes(pair.layers, Number.POSITIVE_INFINITY);
    const slopes = all.slice(0, MOST_LAYERS);
    this.element.hidden = slopes.length === 0;
    if (run === undefined || reference === undefined || slopes.length === 0) return;
    const shown =
      all.length > slopes.length ? `, ${slopes.length} of ${formatCount(all.length)}` : "";
    const [first] = slopes;
    this.#ends.replaceChildren(runLabel(reference, other), runLabel(run, 0));
    this.#section.update(
      `exact zeros, penalised layers${shown}; change in points`,
      () =>
        tabSeparated([
          ["layer", `zero share (${reference.name})`, `zero share (${run.name})`],
          ...all.map((slope) => [slope.layer, slope.other, slope.run]),
        ]),
      this.#ends,
      this.#chart.element,
    );
    this.#chart.update({
      slopes,
      other,
      label: `Share of exact zeros of ${formatCount(slopes.length)} layers from ${reference.name} to ${run.name}; the biggest change is ${first?.change ?? ""} points, of ${first?.layer ?? ""}`,
    });
  }
}
