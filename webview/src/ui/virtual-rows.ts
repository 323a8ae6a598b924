import { scrollTopFor, visibleRange } from "../layout/visible-range.ts";
import { element } from "./element.ts";

/** Rows beyond each end of what is seen. */
const SPARE = 24;

export interface VirtualRowsParts<Item> {
  /** The box that scrolls; the rows' element stands in it below `headHeight` pixels that stay. */
  readonly scroller: HTMLElement;
  readonly headHeight: number;
  readonly rowHeight: number;
  readonly keyOf: (item: Item) => string;
  /** True where `after` looks as `before` does. */
  readonly isSame: (before: Item, after: Item) => boolean;
  readonly draw: (item: Item) => HTMLElement;
}

interface Drawn<Item> {
  readonly item: Item;
  readonly row: HTMLElement;
}

/**
 * A long list of rows of equal height, of which only those in sight, and one that is to be kept, are
 * in the document. A row is drawn anew only when its item looks different.
 */
export class VirtualRows<Item> {
  readonly element = element("div", {
    className: "virtual-rows",
    attributes: { role: "rowgroup" },
  });
  readonly #parts: VirtualRowsParts<Item>;
  readonly #resize: ResizeObserver;
  #items: readonly Item[] = [];
  #places = new Map<string, number>();
  #drawn = new Map<string, Drawn<Item>>();
  #kept: string | undefined;

  constructor(parts: VirtualRowsParts<Item>) {
    this.#parts = parts;
    parts.scroller.addEventListener("scroll", () => this.#render(), { passive: true });
    this.#resize = new ResizeObserver(() => this.#render());
    this.#resize.observe(parts.scroller);
  }

  /** Shows these items. With `isForced` rows are drawn anew though their items are the same. */
  update(items: readonly Item[], isForced = false): void {
    const { keyOf, rowHeight } = this.#parts;
    this.#items = items;
    this.#places = new Map(items.map((item, index) => [keyOf(item), index]));
    this.element.style.height = `${items.length * rowHeight}px`;
    this.#render(isForced);
  }

  /** The row of this key stays in the document wherever the list is scrolled to. */
  keep(key: string | undefined): void {
    if (key === this.#kept) return;
    this.#kept = key;
    this.#render();
  }

  /** Scrolls as little as brings the row into sight. */
  reveal(key: string): void {
    const index = this.#places.get(key);
    if (index === undefined) return;
    const { scroller, rowHeight } = this.#parts;
    const { scrollTop } = scroller;
    const wanted = scrollTopFor({ rowHeight, scrollTop, height: this.#height() }, index);
    if (wanted !== scrollTop) scroller.scrollTop = wanted;
    this.#render();
  }

  rowOf(key: string): HTMLElement | undefined {
    return this.#drawn.get(key)?.row;
  }

  /** Rows that are seen at a time. */
  pageSize(): number {
    return Math.max(1, Math.floor(this.#height() / this.#parts.rowHeight));
  }

  dispose(): void {
    this.#resize.disconnect();
  }

  #height(): number {
    return Math.max(0, this.#parts.scroller.clientHeight - this.#parts.headHeight);
  }

  #render(isForced = false): void {
    const { keyOf, rowHeight, scroller } = this.#parts;
    const [from, to] = visibleRange({
      count: this.#items.length,
      rowHeight,
      scrollTop: scroller.scrollTop,
      height: this.#height(),
      spare: SPARE,
    });
    const wanted = new Set(this.#items.slice(from, to).map(keyOf));
    if (this.#kept !== undefined && this.#places.has(this.#kept)) wanted.add(this.#kept);
    for (const [key, { row }] of this.#drawn) {
      if (wanted.has(key)) continue;
      row.remove();
      this.#drawn.delete(key);
    }
    for (const key of wanted) this.#place(key, isForced);
  }

  #place(key: string, isForced: boolean): void {
    const index = this.#places.get(key) ?? 0;
    const item = this.#items[index];
    if (item === undefined) return;
    const known = this.#drawn.get(key);
    const isReusable = !isForced && known !== undefined && this.#parts.isSame(known.item, item);
    const row = isReusable ? known.row : this.#parts.draw(item);
    if (!isReusable) {
      const hasFocus = known?.row.contains(document.activeElement) === true;
      if (known === undefined) this.element.append(row);
      else known.row.replaceWith(row);
      if (hasFocus) row.focus({ preventScroll: true });
    }
    if (known?.item !== item || !isReusable) this.#drawn.set(key, { item, row });
    const top = `${index * this.#parts.rowHeight}px`;
    if (row.style.top !== top) row.style.top = top;
    // The first row of the table is its head.
    row.setAttribute("aria-rowindex", String(index + 2));
  }
}
