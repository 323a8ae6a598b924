import { printable } from "./printable.ts";

const GAP = "  ";

/**
 * Lines of a table with a head, columns as wide as their widest cell.
 *
 * Line breaks in cells become spaces, and what a terminal would obey is replaced. Lines longer than `width` characters end in "…"; 0 is no limit.
 */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  const cells = [head, ...rows].map((row) => row.map(printable));
  const widths = head.map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? "").length)),
  );
  return cells.map((row) => {
    const line = row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(GAP);
    const text = line.trimEnd();
    return text.length > width && width > 0 ? `${text.slice(0, width - 1)}…` : text;
  });
}
