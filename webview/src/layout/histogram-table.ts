import type { Histogram } from "./histogram-bars.ts";
import { formatCount, formatSize } from "./number-format.ts";
import { type TableContent, tabSeparated } from "./table-content.ts";

const COLUMNS = ["From", "To", "Count"] as const;

/** Bins with their counts; `zeros` adds a first row for the values that are exactly zero. */
export function histogramTable(
  caption: string,
  { edges, counts }: Histogram,
  zeros?: number,
): TableContent {
  const bins = counts.map(
    (count, index) => [edges[index] ?? Number.NaN, edges[index + 1] ?? Number.NaN, count] as const,
  );
  const zeroRows = zeros === undefined ? [] : [[0, 0, zeros] as const];
  const shown = [...zeroRows, ...bins.filter(([, , count]) => count > 0)];
  return {
    caption,
    columns: COLUMNS,
    rows: shown.map(([from, to, count]) => [formatSize(from), formatSize(to), formatCount(count)]),
    note: `${formatCount(shown.length)} rows, empty bins left out`,
    copy: () => tabSeparated([COLUMNS, ...zeroRows, ...bins]),
  };
}
