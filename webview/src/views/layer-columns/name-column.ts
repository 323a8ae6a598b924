import { element } from "../../ui/element.ts";
import { icon } from "../../ui/icon.ts";
import { goToLineIcon } from "../go-to-line.ts";
import type { LayerColumn } from "./layer-column.ts";

export const nameColumn: LayerColumn = {
  id: "layer",
  title: "Layer",
  hint: "Name of the parameter tensor",
  width: 140,
  rank: 0,
  isLeft: true,
  isKnownAtOnce: true,
  cell: ({ layer }, { name }) => ({
    content: [element("span", { className: "layer-cell-name", text: name }), goToLineIcon(layer)],
    title: layer,
  }),
  groupCell: ({ name, rows }, { isCollapsed }) => ({
    content: [
      icon(isCollapsed ? "chevron-right" : "chevron-down"),
      element("span", { className: "group-name", text: name }),
      element("span", { className: "muted", text: String(rows.length) }),
    ],
    title: name,
  }),
  sortKey: ({ layer }) => layer,
};
