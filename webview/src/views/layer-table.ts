import type { LayerRow } from "../../../core/protocol/panel/weights.ts";
import { fittingColumns } from "../layout/fitting-columns.ts";
import {
  flatItems,
  groupedItems,
  isSameItem,
  type LayerItem,
  layerKey,
} from "../layout/layer-items.ts";
import { type LayerSort, sortLayers } from "../layout/layer-sort.ts";
import { element } from "../ui/element.ts";
import { typeAhead } from "../ui/type-ahead.ts";
import { VirtualRows } from "../ui/virtual-rows.ts";
import type { LayerColumn } from "./layer-columns/layer-column.ts";
import { LayerHead } from "./layer-head.ts";
import { layerRow } from "./layer-row.ts";

/** CSS pixels, as in weights.css. */
const ROW_HEIGHT = 22;
const HEAD_HEIGHT = 24;

export interface LayerTableData {
  readonly layers: readonly LayerRow[];
  readonly columns: readonly LayerColumn[];
  readonly selected: string | undefined;
  readonly collapsedGroups: readonly string[];
  readonly sort: LayerSort | undefined;
}

export interface LayerTableEvents {
  readonly onSelect: (layer: string) => void;
  readonly onToggleGroup: (group: string) => void;
  readonly onSort: (sort: LayerSort | undefined) => void;
}

/**
 * All tensors by part of the model, or sorted by a column; of thousands only those in sight are in
 * the document. Arrow keys move and select, letters go to the next name that begins with them.
 */
export class LayerTable {
  /** The box that scrolls. */
  readonly element = element("div", { className: "layer-table-scroller" });
  readonly #grid: HTMLElement;
  readonly #head: LayerHead;
  readonly #rows: VirtualRows<LayerItem>;
  readonly #events: LayerTableEvents;
  readonly #typed = typeAhead();
  readonly #resize: ResizeObserver;
  #data: LayerTableData | undefined;
  #items: readonly LayerItem[] = [];
  #isGrouped = false;
  #columns: readonly LayerColumn[] = [];
  /** Key of the row that the keyboard is on. */
  #active: string | undefined;
  /** Layers that were selected here and have not come back with an update yet. */
  #chosen: readonly string[] = [];

  constructor(events: LayerTableEvents) {
    this.#events = events;
    this.#head = new LayerHead(events.onSort);
    this.#rows = new VirtualRows<LayerItem>({
      scroller: this.element,
      headHeight: HEAD_HEIGHT,
      rowHeight: ROW_HEIGHT,
      keyOf: ({ key }) => key,
      isSame: isSameItem,
      draw: (item) => this.#draw(item),
    });
    this.#grid = element(
      "div",
      { className: "layer-table", attributes: { role: "treegrid", "aria-label": "Layers" } },
      this.#head.element,
      this.#rows.element,
    );
    this.element.append(this.#grid);
    this.#rows.element.addEventListener("click", (event) => this.#activate(rowAt(event.target)));
    this.#rows.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.#resize = new ResizeObserver(() => this.#fit());
    this.#resize.observe(this.element);
  }

  update(data: LayerTableData): void {
    const before = this.#data;
    this.#data = data;
    const { layers, collapsedGroups, sort, columns, selected } = data;
    const isSameList =
      layers === before?.layers &&
      collapsedGroups === before.collapsedGroups &&
      sort === before.sort &&
      columns === before.columns;
    if (!isSameList) {
      this.#items = itemsOf(data);
      this.#isGrouped = this.#items.some(({ kind }) => kind === "group");
      this.#grid.setAttribute("aria-rowcount", String(this.#items.length + 1));
      const hasNewLook = columns !== before?.columns || sort !== before.sort;
      this.#fit(hasNewLook);
      this.#rows.update(this.#items, hasNewLook);
    }
    if (selected === before?.selected && isSameList) return;
    const isElsewhere = selected !== before?.selected && !this.#isOwnChoice(selected);
    this.#mark(before?.selected, selected);
    if (isElsewhere || !this.#items.some(({ key }) => key === this.#active)) {
      this.#followSelection(selected);
    }
  }

  /** True for what was chosen in the table itself, where the keyboard may have gone on since. */
  #isOwnChoice(selected: string | undefined): boolean {
    const at = selected === undefined ? -1 : this.#chosen.indexOf(selected);
    this.#chosen = this.#chosen.slice(at + 1);
    return at >= 0;
  }

  #followSelection(selected: string | undefined): void {
    const key = selected === undefined ? undefined : layerKey(selected);
    const isListed = this.#items.some((item) => item.key === key);
    this.#setActive(isListed ? key : this.#items[0]?.key);
    if (isListed && key !== undefined) this.#rows.reveal(key);
  }

  #select(layer: string): void {
    const isNews = layer !== (this.#chosen.at(-1) ?? this.#data?.selected);
    if (isNews) this.#chosen = [...this.#chosen, layer];
    this.#events.onSelect(layer);
  }

  dispose(): void {
    this.#resize.disconnect();
    this.#rows.dispose();
  }

  /** As many columns as there is room for; rows are drawn anew where that changes. */
  #fit(isForced = false): void {
    if (this.#data === undefined) return;
    const { layers, columns, sort } = this.#data;
    const filled = columns.filter(({ isOptional, sortKey }) => {
      return isOptional !== true || layers.some((row) => sortKey(row) !== undefined);
    });
    const fitting = fittingColumns(filled, this.element.clientWidth, sort?.column);
    const isSame = fitting.map(({ id }) => id).join() === this.#columns.map(({ id }) => id).join();
    if (isSame && !isForced) return;
    this.#columns = fitting;
    const [first, ...rest] = fitting;
    const widths = rest.map(({ width }) => `${width}px`);
    const template = `minmax(${first?.width ?? 0}px, 1fr) ${widths.join(" ")}`;
    this.#grid.style.setProperty("--layer-columns", template);
    this.#grid.setAttribute("aria-colcount", String(fitting.length));
    this.#head.update(fitting, sort);
    if (!isForced) this.#rows.update(this.#items, true);
  }

  #draw(item: LayerItem): HTMLElement {
    const row = layerRow(item, this.#columns, this.#isGrouped);
    if (item.kind === "layer") {
      row.setAttribute("aria-selected", String(item.row.layer === this.#data?.selected));
    }
    row.tabIndex = item.key === this.#active ? 0 : -1;
    return row;
  }

  #mark(before: string | undefined, selected: string | undefined): void {
    if (before !== undefined) {
      this.#rows.rowOf(layerKey(before))?.setAttribute("aria-selected", "false");
    }
    if (selected !== undefined) {
      this.#rows.rowOf(layerKey(selected))?.setAttribute("aria-selected", "true");
    }
  }

  #setActive(key: string | undefined): void {
    if (this.#active !== undefined) this.#rows.rowOf(this.#active)?.setAttribute("tabindex", "-1");
    this.#active = key;
    this.#rows.keep(key);
    if (key !== undefined) this.#rows.rowOf(key)?.setAttribute("tabindex", "0");
  }

  #activate(row: HTMLElement | undefined): void {
    const { layer, group } = row?.dataset ?? {};
    const item = this.#items.find(({ key }) => key === keyOf(row));
    if (item !== undefined) this.#setActive(item.key);
    if (layer !== undefined) this.#select(layer);
    if (group !== undefined) this.#events.onToggleGroup(group);
  }

  #onKey(event: KeyboardEvent): void {
    const row = rowAt(event.target);
    const current = this.#items.findIndex(({ key }) => key === keyOf(row));
    if (row === undefined || event.target !== row || current < 0) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#activate(row);
      return;
    }
    if (this.#foldByArrow(event, row)) return;
    const next =
      listIndex(event.key, current, this.#items.length, this.#rows.pageSize()) ??
      this.#typed.find(event, this.#items.map(nameOf), current);
    if (next === undefined) return;
    event.preventDefault();
    this.#goTo(next);
  }

  #goTo(index: number): void {
    const item = this.#items[index];
    if (item === undefined) return;
    this.#setActive(item.key);
    this.#rows.reveal(item.key);
    this.#rows.rowOf(item.key)?.focus({ preventScroll: true });
    if (item.kind === "layer") this.#select(item.row.layer);
  }

  /** Left folds an open group or goes up to it, right unfolds a folded one, as trees do. */
  #foldByArrow(event: KeyboardEvent, row: HTMLElement): boolean {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return false;
    event.preventDefault();
    const isExpanded = row.getAttribute("aria-expanded");
    if (isExpanded === (event.key === "ArrowRight" ? "false" : "true")) this.#activate(row);
    else if (event.key === "ArrowLeft" && isExpanded === null) this.#goToGroup(row);
    return true;
  }

  #goToGroup(row: HTMLElement): void {
    const current = this.#items.findIndex(({ key }) => key === keyOf(row));
    const item = this.#items[current];
    if (item?.kind !== "layer" || !item.isInGroup) return;
    this.#goTo(this.#items.findLastIndex(({ kind }, at) => kind === "group" && at < current));
  }
}

function itemsOf({ layers, columns, collapsedGroups, sort }: LayerTableData): readonly LayerItem[] {
  const column = columns.find(({ id }) => id === sort?.column);
  if (sort === undefined || column === undefined) return groupedItems(layers, collapsedGroups);
  return flatItems(sortLayers(layers, column.sortKey, sort.isDescending));
}

/** Where a key leads in a list that does not wrap around. */
function listIndex(key: string, current: number, count: number, page: number): number | undefined {
  const last = count - 1;
  switch (key) {
    case "ArrowDown":
      return Math.min(last, current + 1);
    case "ArrowUp":
      return Math.max(0, current - 1);
    case "PageDown":
      return Math.min(last, current + page);
    case "PageUp":
      return Math.max(0, current - page);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return undefined;
  }
}

function nameOf(item: LayerItem): string {
  return item.kind === "group" ? item.group.name : item.name;
}

function rowAt(target: EventTarget | null): HTMLElement | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest<HTMLElement>("[data-layer], [data-group]") ?? undefined;
}

function keyOf(row: HTMLElement | undefined): string | undefined {
  const { layer, group } = row?.dataset ?? {};
  if (layer !== undefined) return layerKey(layer);
  return group === undefined ? undefined : `group ${group}`;
}
