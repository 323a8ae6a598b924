import { formatFixed } from "../layout/number-format.ts";
import type { SimilarityScale } from "../layout/points/similarity.ts";
import { element } from "../ui/element.ts";

/** What the colours of similarity mean. */
export class SimilarityLegend {
  readonly element: HTMLElement;
  readonly #from = element("span");
  readonly #to = element("span");

  constructor() {
    this.element = element(
      "div",
      { className: "similarity-legend" },
      element("div", { text: "Cosine to the true partner" }),
      element("div", { className: "similarity-ramp", attributes: { "aria-hidden": "true" } }),
      element("div", { className: "similarity-ends" }, this.#from, this.#to),
    );
  }

  update(scale: SimilarityScale | undefined): void {
    this.element.hidden = scale === undefined;
    if (scale === undefined) return;
    this.#from.textContent = formatFixed(scale.from, 1);
    this.#to.textContent = formatFixed(scale.to, 1);
  }
}
