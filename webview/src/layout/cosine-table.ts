import { formatCount, formatFixed } from "./number-format.ts";
import { type TableContent, tabSeparated } from "./table-content.ts";

const COLUMNS = ["From", "To", "Pairs", "All others"] as const;

/** Both distributions of cosines bin by bin; `pairs` and `others` have the bins of `edges`. */
export function cosineTable(
  caption: string,
  edges: readonly number[],
  pairs: readonly number[],
  others: readonly number[],
): TableContent {
  const bins = pairs.map((count, bin) => {
    const [from, to] = [edges[bin] ?? Number.NaN, edges[bin + 1] ?? Number.NaN];
    return [from, to, count, others[bin] ?? 0] as const;
  });
  const shown = bins.filter(([, , pair, other]) => pair + other > 0);
  return {
    caption,
    columns: COLUMNS,
    rows: shown.map(([from, to, pair, other]) => [
      formatFixed(from, 2),
      formatFixed(to, 2),
      formatCount(pair),
      formatCount(other),
    ]),
    note: `${formatCount(shown.length)} rows, empty bins left out`,
    copy: () => tabSeparated([COLUMNS, ...bins]),
  };
}
