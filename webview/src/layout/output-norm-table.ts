import type { WeightMatrix } from "../../../core/protocol/panel/weights.ts";
import { formatCount, formatSize } from "./number-format.ts";
import { type TableContent, tabSeparated } from "./table-content.ts";

const COLUMNS = ["Output", "‖w‖₂"] as const;

/** Length of the weights into each output, counted from one. */
export function outputNormTable({ layer, norms }: WeightMatrix): TableContent {
  const rows = Array.from(norms, (norm, index) => [index + 1, norm] as const);
  return {
    caption: `Outputs of ${layer}`,
    columns: COLUMNS,
    rows: rows.map(([output, norm]) => [formatCount(output), formatSize(norm)]),
    note: `${formatCount(rows.length)} outputs`,
    copy: () => tabSeparated([COLUMNS, ...rows]),
  };
}
