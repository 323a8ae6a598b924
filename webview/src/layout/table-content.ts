/** A table before it is drawn; copying gives `copy`, which may be finer than what is shown. */
export interface TableContent {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What part of the data the rows are. */
  readonly note: string;
  /** Tab-separated text with all rows in full precision. */
  readonly copy: () => string;
}

/** Lines of cells as a spreadsheet takes them. */
export function tabSeparated(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((cells) => `${cells.join("\t")}\n`).join("");
}
