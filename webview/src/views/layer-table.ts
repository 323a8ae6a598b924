import type { LayerRow } from "../../../core/protocol/panel/weights.ts";
import { groupLayers } from "../layout/layer-table.ts";
import { element } from "../ui/element.ts";
import { rovingIndex } from "../ui/roving-focus.ts";
import { groupRow, LAYER_COLUMNS, layerRow } from "./layer-row.ts";

export interface LayerTableData {
  readonly layers: readonly LayerRow[];
  readonly selected: string | undefined;
  readonly collapsedGroups: readonly string[];
}

export interface LayerTableEvents {
  readonly onSelect: (layer: string) => void;
  readonly onToggleGroup: (group: string) => void;
}

/** All tensors by part of the model; arrow keys move the selection. */
export class LayerTable {
  readonly element: HTMLElement;
  readonly #body = element("tbody");
  readonly #events: LayerTableEvents;
  #rows: readonly HTMLTableRowElement[] = [];

  constructor(events: LayerTableEvents) {
    this.#events = events;
    const head = LAYER_COLUMNS.map(({ className, title }) =>
      element("th", { className, text: title, attributes: { scope: "col" } }),
    );
    this.element = element(
      "table",
      { className: "layer-table", attributes: { role: "treegrid", "aria-label": "Layers" } },
      element("thead", {}, element("tr", {}, ...head)),
      this.#body,
    );
    this.#body.addEventListener("click", (event) => this.#activate(rowAt(event.target)));
    this.#body.addEventListener("keydown", (event) => this.#onKey(event));
  }

  update({ layers, selected, collapsedGroups }: LayerTableData): void {
    const focused = keyOf(rowAt(document.activeElement));
    const rows = groupLayers(layers).flatMap((group) => {
      const isCollapsed = group.name !== "" && collapsedGroups.includes(group.name);
      const members = group.rows.map((row) => layerRow(row, row.layer === selected));
      if (group.name === "") return members;
      return [groupRow(group, isCollapsed), ...(isCollapsed ? [] : members)];
    });
    this.#rows = rows;
    this.#body.replaceChildren(...rows);
    if (rows.length > 0 && !rows.some((row) => row.tabIndex === 0)) {
      rows[0]?.setAttribute("tabindex", "0");
    }
    if (focused !== undefined) rows.find((row) => keyOf(row) === focused)?.focus();
  }

  #activate(row: HTMLTableRowElement | undefined): void {
    const layer = row?.getAttribute("data-layer") ?? undefined;
    const group = row?.getAttribute("data-group") ?? undefined;
    if (layer !== undefined) this.#events.onSelect(layer);
    if (group !== undefined) this.#events.onToggleGroup(group);
  }

  #onKey(event: KeyboardEvent): void {
    const current = rowAt(event.target);
    if (current === undefined) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#activate(current);
      return;
    }
    if (this.#foldByArrow(event, current)) return;
    const rows = this.#rows;
    const next = rovingIndex(event.key, rows.indexOf(current), rows.length);
    const row = next === undefined ? undefined : rows[next];
    if (row === undefined) return;
    event.preventDefault();
    row.focus();
    if (row.hasAttribute("data-layer")) this.#activate(row);
  }

  /** Left folds an open group, right unfolds a folded one, as trees do. */
  #foldByArrow(event: KeyboardEvent, row: HTMLTableRowElement): boolean {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return false;
    event.preventDefault();
    const isExpanded = row.getAttribute("aria-expanded");
    const wanted = event.key === "ArrowRight" ? "false" : "true";
    if (isExpanded === wanted) this.#activate(row);
    return true;
  }
}

function rowAt(target: EventTarget | null): HTMLTableRowElement | undefined {
  if (!(target instanceof Element)) return undefined;
  return (
    target.closest<HTMLTableRowElement>("tbody tr[data-layer], tbody tr[data-group]") ?? undefined
  );
}

function keyOf(row: HTMLTableRowElement | undefined): string | undefined {
  if (row === undefined) return undefined;
  return row.getAttribute("data-layer") ?? `group ${row.getAttribute("data-group")}`;
}
