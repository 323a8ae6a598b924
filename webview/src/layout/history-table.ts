import type { LayerHistory } from "../../../core/protocol/panel/weights.ts";
import { formatCount, formatPercent, formatSize } from "./number-format.ts";
import { type TableContent, tabSeparated } from "./table-content.ts";

const COLUMNS = ["Step", "Zero", "From", "To"] as const;
const COPIED = ["Step", "From", "To", "Count"] as const;

/** A row for each step; what is copied has every bin, the zeros as the bin from 0 to 0. */
export function historyTable({ layer, entries, total }: LayerHistory): TableContent {
  return {
    caption: `Values of ${layer} over steps`,
    columns: COLUMNS,
    rows: entries.map(({ step, zeros, count, histogram: { edges } }) => [
      formatCount(step),
      formatPercent(zeros / count),
      formatSize(edges[0] ?? 0),
      formatSize(edges.at(-1) ?? 0),
    ]),
    note: stepCount(entries.length, total),
    copy: () =>
      tabSeparated([
        COPIED,
        ...entries.flatMap(({ step, zeros, histogram: { edges, counts } }) => [
          [step, 0, 0, zeros],
          ...counts.map((count, bin) => [step, edges[bin] ?? "", edges[bin + 1] ?? "", count]),
        ]),
      ]),
  };
}

/** "12 steps", "120 of 1 000 steps" */
export function stepCount(shown: number, total: number): string {
  const unit = total === 1 ? "step" : "steps";
  return shown < total
    ? `${formatCount(shown)} of ${formatCount(total)} ${unit}`
    : `${formatCount(total)} ${unit}`;
}
