import type { EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";
import type { ClassColor } from "../layout/class-colors.ts";
import { formatCount } from "../layout/number-format.ts";
import {
  type PairRow,
  pairRowsText,
  rankedPairRows,
  selectedPairRows,
  sortPairRows,
} from "../layout/pair-rows.ts";
import type { PointSet } from "../layout/points/point-set.ts";
import { element } from "../ui/element.ts";
import { dropdown, iconButton } from "../ui/toolkit.ts";
import { PairTable } from "./pair-table.ts";

/** Rows that a table has; copying gives all of them. */
const MOST_ROWS = 20_000;

export interface PairSectionData {
  readonly view: EmbeddingView;
  readonly classes: readonly ClassColor[];
  readonly hiddenClasses: readonly string[];
  readonly points: PointSet;
  readonly selected: Int32Array;
}

export interface PairSectionEvents {
  readonly onPin: (row: number | undefined) => void;
  readonly onClear: () => void;
  readonly onCopy: (text: string) => void;
  /** Another direction is looked at, which also says which pairs are the worst. */
  readonly onDirection: () => void;
}

/** What is selected, as a table; without a selection, the pairs that match worst. */
export class PairSection {
  readonly element: HTMLElement;
  readonly #title = element("h2", { className: "figure-title" });
  readonly #count = element("span", { className: "figure-subtitle" });
  readonly #direction;
  readonly #clear: HTMLElement;
  readonly #table: PairTable;
  #pairing = 0;
  #data: PairSectionData | undefined;
  #rows: readonly PairRow[] = [];

  constructor({ onPin, onClear, onCopy, onDirection }: PairSectionEvents) {
    this.#table = new PairTable(onPin);
    this.#direction = dropdown("Direction of retrieval", (index) => {
      this.#pairing = index;
      this.#show();
      onDirection();
    });
    this.#clear = element("button", {
      className: "link",
      text: "Clear",
      title: "Select nothing (Escape)",
      attributes: { type: "button" },
    });
    this.#clear.addEventListener("click", onClear);
    const copy = iconButton("copy", "Copy table", () => {
      if (this.#data !== undefined) onCopy(pairRowsText(this.#data.view, this.#rows));
    });
    this.element = element(
      "section",
      { className: "figure pairs" },
      element(
        "div",
        { className: "figure-head" },
        this.#title,
        this.#count,
        element("div", { className: "figure-tools" }, this.#clear, this.#direction.element, copy),
      ),
      this.#table.element,
    );
  }

  update(data: PairSectionData): void {
    const before = this.#data;
    this.#data = data;
    const keys = ["view", "classes", "hiddenClasses", "points", "selected"] as const;
    if (before === undefined || keys.some((key) => before[key] !== data[key])) this.#show();
  }

  pin(row: number | undefined): void {
    this.#table.pin(row);
  }

  /** Index of the direction that is looked at. */
  direction(): number {
    return this.#pairing;
  }

  /** Items of the worst pairs of the direction that is looked at. */
  worstItems(limit: number): readonly number[] {
    const data = this.#data;
    if (data === undefined) return [];
    const rows = rankedPairRows(data.view, this.#pairing, data.hiddenClasses);
    return worstFirst(data.view, rows)
      .slice(0, limit)
      .map(({ row }) => row);
  }

  /** Items of the selection, those whose partner ranks last first. */
  selectedItems(): readonly number[] {
    const data = this.#data;
    if (data === undefined || data.selected.length === 0) return [];
    return [...new Set(worstFirst(data.view, this.#rows).map(({ row }) => row))];
  }

  #show(): void {
    const data = this.#data;
    if (data === undefined) return;
    const { view, classes, hiddenClasses, points, selected } = data;
    const isSelection = selected.length > 0;
    this.#pairing = Math.min(this.#pairing, Math.max(0, view.pairs.length - 1));
    this.#rows = isSelection
      ? selectedPairRows(view, points, selected)
      : rankedPairRows(view, this.#pairing, hiddenClasses);
    this.element.hidden = !isSelection && view.pairs.length === 0;
    this.#clear.hidden = !isSelection;
    this.#direction.element.hidden = isSelection;
    this.#direction.setOptions(
      view.pairs.map(({ from, to }) => `${from} → ${to}`),
      this.#pairing,
    );
    const listed =
      this.#rows.length > MOST_ROWS ? worstFirst(view, this.#rows).slice(0, MOST_ROWS) : this.#rows;
    this.#title.textContent = isSelection
      ? `${formatCount(selected.length)} ${selected.length === 1 ? "vector" : "vectors"} selected`
      : "Worst matched pairs";
    const of = listed.length < this.#rows.length ? `worst ${formatCount(MOST_ROWS)}, ` : "";
    const pairs = isSelection ? "" : `${formatCount(this.#rows.length)} pairs, `;
    this.#count.textContent = `${of}${pairs}by rank of the partner`;
    this.#table.update({ view, classes, rows: listed });
  }
}

function worstFirst(view: EmbeddingView, rows: readonly PairRow[]): PairRow[] {
  return sortPairRows(view, rows, { column: "rank", isDescending: true });
}
