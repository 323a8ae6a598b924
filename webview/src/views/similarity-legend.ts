import { formatFixed } from "../layout/number-format.ts";
import type { SimilarityScale } from "../layout/points/similarity.ts";
import { element } from "../ui/element.ts";

/** What the colours of similarity mean. */
export class SimilarityLegend {
  readonly element: HTMLElement;
  readonly #title = element("div");
  readonly #from = element("span");
  readonly #to = element("span");

  constructor() {
    this.element = element(
      "div",
      { className: "similarity-legend" },
      this.#title,
      element("div", { className: "similarity-ramp", attributes: { "aria-hidden": "true" } }),
      element("div", { className: "similarity-ends" }, this.#from, this.#to),
    );
  }

  /** `partners` that an item can have. */
  update(scale: SimilarityScale | undefined, partners: number): void {
    this.element.hidden = scale === undefined;
    if (scale === undefined) return;
    this.#title.textContent =
      partners > 1 ? "Mean cosine to the partners" : "Cosine to the true partner";
    this.#from.textContent = formatFixed(scale.from, 1);
    this.#to.textContent = formatFixed(scale.to, 1);
  }
}
