import { type LayerSort, nextSort } from "../layout/layer-sort.ts";
import { element } from "../ui/element.ts";
import { icon } from "../ui/icon.ts";
import { roveFocus } from "../ui/roving-focus.ts";
import type { LayerColumn } from "./layer-columns/layer-column.ts";

/** The head of the layer table: pressing a title sorts by its column. */
export class LayerHead {
  readonly element = element("div", {
    className: "layer-head-row",
    attributes: { role: "row", "aria-rowindex": "1" },
  });
  readonly #onSort: (sort: LayerSort | undefined) => void;
  #buttons: readonly HTMLElement[] = [];

  constructor(onSort: (sort: LayerSort | undefined) => void) {
    this.#onSort = onSort;
    roveFocus(
      this.element,
      () => this.#buttons,
      (index) => this.#makeTabStop(index),
    );
  }

  update(columns: readonly LayerColumn[], sort: LayerSort | undefined): void {
    const { activeElement } = document;
    const focused =
      activeElement instanceof HTMLElement ? this.#buttons.indexOf(activeElement) : -1;
    this.#buttons = columns.map((column) => this.#button(column, sort));
    const cells = columns.map(({ id, isLeft }, index) => {
      const button = this.#buttons[index];
      return element(
        "div",
        {
          className: `cell col-${id}${isLeft === true ? " is-left" : ""}`,
          attributes: { role: "columnheader", "aria-sort": directionOf(sort, id) },
        },
        ...(button === undefined ? [] : [button]),
      );
    });
    this.element.replaceChildren(...cells);
    const sorted = columns.findIndex(({ id }) => id === sort?.column);
    this.#makeTabStop(Math.max(0, focused >= 0 ? focused : sorted));
    if (focused >= 0) this.#buttons[Math.min(focused, this.#buttons.length - 1)]?.focus();
  }

  #button({ id, title, hint, isLeft }: LayerColumn, sort: LayerSort | undefined): HTMLElement {
    const isSorted = sort?.column === id;
    const arrow = icon(sort?.isDescending === true ? "arrow-down" : "arrow-up");
    const button = element(
      "button",
      { className: "sort-button", title: hint, attributes: { type: "button" } },
      ...(isSorted && isLeft !== true ? [arrow] : []),
      title,
      ...(isSorted && isLeft === true ? [arrow] : []),
    );
    // Of names one looks for the first, of numbers for the largest.
    button.addEventListener("click", () => this.#onSort(nextSort(sort, id, id !== "layer")));
    return button;
  }

  #makeTabStop(index: number): void {
    for (const [at, button] of this.#buttons.entries()) button.tabIndex = at === index ? 0 : -1;
  }
}

function directionOf(sort: LayerSort | undefined, id: string): string {
  if (sort?.column !== id) return "none";
  return sort.isDescending ? "descending" : "ascending";
}
