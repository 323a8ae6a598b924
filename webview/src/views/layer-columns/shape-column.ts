import { formatShape, formatShortCount } from "../../layout/number-format.ts";
import type { LayerColumn } from "./layer-column.ts";

export const shapeColumn: LayerColumn = {
  id: "shape",
  title: "Shape",
  hint: "Length of each axis; of a group, its number of values; sorted by the number of values",
  width: 108,
  rank: 1,
  isKnownAtOnce: true,
  cell: ({ shape }) => ({ content: formatShape(shape), title: formatShape(shape) }),
  groupCell: ({ totals }) => formatShortCount(totals.count),
  sortKey: ({ count }) => count,
  copyTitle: "Number of values",
};
