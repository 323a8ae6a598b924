import { formatCount, formatSize } from "./number-format.ts";
import { type TableContent, tabSeparated } from "./table-content.ts";

const COLUMNS = ["Index", "Singular value"] as const;

/** Singular values, largest first, counted from one. */
export function spectrumTable(spectrum: readonly number[]): TableContent {
  const rows = spectrum.map((value, index) => [index + 1, value] as const);
  return {
    caption: "Singular values",
    columns: COLUMNS,
    rows: rows.map(([index, value]) => [formatCount(index), formatSize(value)]),
    note: `${formatCount(rows.length)} rows`,
    copy: () => tabSeparated([COLUMNS, ...rows]),
  };
}
