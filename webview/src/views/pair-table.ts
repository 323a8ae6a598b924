import type { EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";
import type { ClassColor } from "../layout/class-colors.ts";
import { itemAt } from "../layout/item-at.ts";
import { modalityShapes } from "../layout/modality-shape.ts";
import { formatCount, formatFixed } from "../layout/number-format.ts";
import {
  PAIR_COLUMNS,
  type PairColumn,
  type PairRow,
  type PairSort,
  sortPairRows,
} from "../layout/pair-rows.ts";
import { element } from "../ui/element.ts";
import { icon } from "../ui/icon.ts";
import { rovingIndex } from "../ui/roving-focus.ts";
import { shapeMark } from "../ui/shape-mark.ts";
import { thumbnail } from "../ui/thumbnail.ts";
import { VirtualRows } from "../ui/virtual-rows.ts";

/** CSS pixels, as in embeddings.css. */
const ROW_HEIGHT = 30;
const HEAD_HEIGHT = 24;
const THUMBNAIL_SIZE = 26;

const TITLES: Readonly<Record<PairColumn, string>> = {
  caption: "Caption",
  class: "Class",
  modality: "Modality",
  rank: "Rank",
  cosine: "Cosine",
};

const WORST_FIRST: PairSort = { column: "rank", isDescending: true };

export interface PairTableData {
  readonly view: EmbeddingView;
  readonly classes: readonly ClassColor[];
  readonly rows: readonly PairRow[];
}

/** Vectors with their item and how well their partner is found; a row points at its item in the plot. */
export class PairTable {
  /** The box that scrolls. */
  readonly element = element("div", { className: "pair-scroller" });
  readonly #grid: HTMLElement;
  readonly #head = element("div", {
    className: "pair-head",
    attributes: { role: "row", "aria-rowindex": "1" },
  });
  readonly #virtual: VirtualRows<PairRow>;
  readonly #onPin: (row: number | undefined) => void;
  #data: PairTableData | undefined;
  #rows: readonly PairRow[] = [];
  #sort = WORST_FIRST;
  #pinned: number | undefined;
  /** Key of the row that the keyboard is on. */
  #active: string | undefined;

  constructor(onPin: (row: number | undefined) => void) {
    this.#onPin = onPin;
    this.#virtual = new VirtualRows<PairRow>({
      scroller: this.element,
      headHeight: HEAD_HEIGHT,
      rowHeight: ROW_HEIGHT,
      keyOf: ({ key }) => key,
      isSame: (before, after) => before === after,
      draw: (row) => this.#draw(row),
    });
    this.#grid = element(
      "div",
      { className: "pair-table", attributes: { role: "grid", "aria-label": "Pairs" } },
      this.#head,
      this.#virtual.element,
    );
    this.element.append(this.#grid);
    this.#virtual.element.addEventListener("keydown", (event) => this.#onKey(event));
  }

  update(data: PairTableData): void {
    const before = this.#data;
    this.#data = data;
    const isSame =
      before?.view === data.view && before.rows === data.rows && before.classes === data.classes;
    if (!isSame) this.#show(data);
  }

  /** Rows in the order in which they are shown. */
  rows(): readonly PairRow[] {
    return this.#rows;
  }

  /** Marks the rows of the item that the plot points at. */
  pin(row: number | undefined): void {
    this.#pinned = row;
    for (const line of this.#virtual.element.children) {
      line.classList.toggle("pinned", line.getAttribute("data-row") === String(row));
    }
  }

  #show(data: PairTableData): void {
    this.#rows = sortPairRows(data.view, data.rows, this.#sort);
    if (!this.#rows.some(({ key }) => key === this.#active)) this.#active = this.#rows[0]?.key;
    this.#grid.setAttribute("aria-rowcount", String(this.#rows.length + 1));
    this.#drawHead();
    this.#virtual.keep(this.#active);
    this.#virtual.update(this.#rows, true);
  }

  #drawHead(): void {
    const focused = this.#head.querySelector(":focus")?.getAttribute("data-column");
    const { column, isDescending } = this.#sort;
    const heads = PAIR_COLUMNS.map((id) => {
      const arrow = id === column ? [icon(isDescending ? "arrow-down" : "arrow-up")] : [];
      const button = element(
        "button",
        { className: "sort-button", attributes: { type: "button", "data-column": id } },
        TITLES[id],
        ...arrow,
      );
      button.addEventListener("click", () => this.#sortBy(id));
      const direction = isDescending ? "descending" : "ascending";
      return element(
        "div",
        {
          className: `cell pair-${id}`,
          attributes: { role: "columnheader", "aria-sort": id === column ? direction : "none" },
        },
        button,
      );
    });
    const picture = element(
      "div",
      { className: "cell pair-picture", attributes: { role: "columnheader" } },
      element("span", { className: "visually-hidden", text: "Picture" }),
    );
    this.#head.replaceChildren(picture, ...heads);
    if (focused !== null && focused !== undefined) {
      this.#head.querySelector<HTMLElement>(`[data-column="${focused}"]`)?.focus();
    }
  }

  /** Of ranks one looks for the last, of everything else for the first. */
  #sortBy(column: PairColumn): void {
    const isDescending =
      this.#sort.column === column ? !this.#sort.isDescending : column === "rank";
    this.#sort = { column, isDescending };
    this.element.scrollTop = 0;
    if (this.#data !== undefined) this.#show(this.#data);
  }

  #draw(pair: PairRow): HTMLElement {
    const { view, classes } = this.#data ?? { view: undefined, classes: [] };
    const line = element("div", {
      className: "pair-row",
      attributes: { role: "row", "data-row": String(pair.row) },
    });
    line.tabIndex = pair.key === this.#active ? 0 : -1;
    line.classList.toggle("pinned", pair.row === this.#pinned);
    if (view === undefined) return line;
    const item = itemAt(view, pair.row);
    const picture = thumbnail(view, item.thumbnail, THUMBNAIL_SIZE);
    const color = classes.find(({ label }) => label === item.label)?.color ?? "muted";
    const dot = element("span", { className: "class-dot" });
    dot.style.background = `var(--nl-${color})`;
    line.append(
      cell("picture", picture === undefined ? [] : [picture]),
      cell("caption", [item.caption || item.label], item.caption),
      cell("class", [dot, item.label], item.label),
      cell("modality", this.#modality(view, pair), `${pair.modality} → ${pair.partner}`),
      cell("rank", [Number.isNaN(pair.rank) ? "–" : formatCount(pair.rank)]),
      cell("cosine", [Number.isNaN(pair.cosine) ? "–" : formatFixed(pair.cosine, 2)]),
    );
    line.addEventListener("pointerenter", () => this.#onPin(pair.row));
    line.addEventListener("pointerleave", () => this.#onPin(undefined));
    line.addEventListener("focus", () => this.#onPin(pair.row));
    line.addEventListener("blur", () => this.#onPin(undefined));
    return line;
  }

  #modality({ clouds }: EmbeddingView, { modality, partner }: PairRow): (Node | string)[] {
    const shape = modalityShapes(clouds.map((cloud) => cloud.modality)).get(modality);
    const mark = shape === undefined ? [] : [shapeMark(shape)];
    const to = element("span", { className: "muted", text: partner === "" ? "" : ` → ${partner}` });
    return [...mark, element("span", { className: "pair-words" }, modality, to)];
  }

  #onKey(event: KeyboardEvent): void {
    const current = this.#rows.findIndex(({ key }) => key === this.#active);
    const page = this.#virtual.pageSize();
    const last = this.#rows.length - 1;
    const next =
      { PageDown: Math.min(last, current + page), PageUp: Math.max(0, current - page) }[
        event.key
      ] ?? rovingIndex(event.key, current, this.#rows.length);
    const row = next === undefined ? undefined : this.#rows[next];
    if (row === undefined) return;
    event.preventDefault();
    const before = this.#active === undefined ? undefined : this.#virtual.rowOf(this.#active);
    if (before !== undefined) before.tabIndex = -1;
    this.#active = row.key;
    this.#virtual.keep(row.key);
    this.#virtual.reveal(row.key);
    const line = this.#virtual.rowOf(row.key);
    if (line === undefined) return;
    line.tabIndex = 0;
    line.focus({ preventScroll: true });
  }
}

function cell(name: string, content: readonly (Node | string)[], title?: string): HTMLElement {
  return element(
    "div",
    {
      className: `cell pair-${name}`,
      attributes: { role: "gridcell" },
      ...(title === undefined ? {} : { title }),
    },
    ...content,
  );
}
