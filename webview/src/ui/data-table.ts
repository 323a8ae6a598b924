import type { TableContent } from "../layout/table-content.ts";
import { element } from "./element.ts";

/** A plain table of numbers, the twin of a chart. */
export function dataTable({
  caption,
  columns,
  rows,
}: Pick<TableContent, "caption" | "columns" | "rows">): HTMLTableElement {
  const head = element(
    "thead",
    {},
    element(
      "tr",
      {},
      ...columns.map((text) => element("th", { text, attributes: { scope: "col" } })),
    ),
  );
  const body = element(
    "tbody",
    {},
    ...rows.map((cells) => element("tr", {}, ...cells.map((text) => element("td", { text })))),
  );
  return element(
    "table",
    { className: "data-table" },
    element("caption", { className: "visually-hidden", text: caption }),
    head,
    body,
  );
}
