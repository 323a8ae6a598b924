import type { PlacedLabel } from "../layout/line-end-labels.ts";
import { readOut } from "../layout/line-end-labels.ts";
import { element } from "../ui/element.ts";

/** Names and values at the right edge of a plot; the values follow the crosshair. */
export class EndLabels {
  readonly element = element("div", {
    className: "end-labels",
    attributes: { "aria-hidden": "true" },
  });
  #placed: readonly PlacedLabel[] = [];

  /** `left`, `top`: corner of the label column in CSS pixels. */
  place(placed: readonly PlacedLabel[], left: number, top: number, isShort: boolean): void {
    this.#placed = placed;
    this.element.style.left = `${left}px`;
    this.element.style.top = `${top}px`;
    const rows = placed.map(({ label, text, y }) => {
      const name = element("span", {
        className: label.isStrong ? "end-label-name strong" : "end-label-name",
        text: isShort ? label.shortName : label.name,
      });
      name.style.color = `var(--nl-${label.color})`;
      const row = element(
        "div",
        { className: "end-label" },
        name,
        element("span", { className: "end-label-value", text }),
      );
      row.style.transform = `translateY(${y}px)`;
      return row;
    });
    this.element.replaceChildren(...rows);
  }

  /** `undefined` goes back to the values at the lines' ends. */
  readAt(x: number | undefined): void {
    this.element.classList.toggle("reading", x !== undefined);
    for (const [index, { label, text }] of this.#placed.entries()) {
      const value = this.element.children[index]?.lastElementChild;
      if (value) value.textContent = x === undefined ? text : readOut(label, x);
    }
  }
}
