import { valueSparkline } from "../../charts/value-sparkline.ts";
import type { LayerColumn } from "./layer-column.ts";

export const valuesColumn: LayerColumn = {
  id: "values",
  title: "Values",
  hint: "Histogram, exact zeros apart; sorted by the largest |w|",
  width: 120,
  rank: 5,
  isLeft: true,
  cell: (row) => ({ content: [valueSparkline(row)] }),
  sortKey: ({ maxAbs }) => maxAbs,
  copyTitle: "max |w|",
};
