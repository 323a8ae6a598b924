import type { LayerItem } from "../layout/layer-items.ts";
import { element } from "../ui/element.ts";
import type { Cell, LayerColumn } from "./layer-columns/layer-column.ts";

/** One row of the layer table; `data-layer` or `data-group` names what it stands for. */
export function layerRow(
  item: LayerItem,
  columns: readonly LayerColumn[],
  hasLevels: boolean,
): HTMLElement {
  const isGroup = item.kind === "group";
  return element(
    "div",
    {
      className: isGroup ? "group-row" : item.isInGroup ? "layer-row is-member" : "layer-row",
      attributes: {
        role: "row",
        tabindex: "-1",
        "data-group": isGroup ? item.group.name : undefined,
        "data-layer": isGroup ? undefined : item.row.layer,
        "aria-expanded": isGroup ? String(!item.isCollapsed) : undefined,
        "aria-level": hasLevels ? String(isGroup || !item.isInGroup ? 1 : 2) : undefined,
      },
    },
    ...columns.map((column) => cellElement(column, contentOf(item, column))),
  );
}

function contentOf(item: LayerItem, column: LayerColumn): Cell | string {
  if (item.kind === "group") return column.groupCell?.(item.group, item) ?? "";
  const isUnknown = item.row.isPending === true && column.isKnownAtOnce !== true;
  return isUnknown ? "" : column.cell(item.row, item);
}

function cellElement({ id, isLeft }: LayerColumn, cell: Cell | string): HTMLElement {
  const { content, className, title } = typeof cell === "string" ? textCell(cell) : cell;
  const classes = ["cell", `col-${id}`, isLeft === true ? "is-left" : "", className ?? ""];
  return element(
    "div",
    {
      className: classes.filter(Boolean).join(" "),
      attributes: { role: "gridcell", title },
    },
    ...(typeof content === "string" ? [content] : content),
  );
}

function textCell(content: string): Cell {
  return { content };
}
