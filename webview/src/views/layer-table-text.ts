import type { LayerRow } from "../../../core/protocol/panel/weights.ts";
import { tabSeparated } from "../layout/table-content.ts";
import type { LayerColumn } from "./layer-columns/layer-column.ts";

/** The table of layers as a spreadsheet takes it: every column, also those there is no room for, in full precision. */
export function layerTableText(
  layers: readonly LayerRow[],
  columns: readonly LayerColumn[],
): string {
  return tabSeparated([
    columns.map(({ title, copyTitle }) => copyTitle ?? title),
    ...layers.map((row) => columns.map(({ sortKey }) => sortKey(row) ?? "")),
  ]);
}
