/** Text or number of one column in one row; `undefined` where the file has none. */
export type Cell = string | number | undefined;

export interface TableRow {
  /** Line or row number in the file, from 1. */
  readonly at: number;
  /** In the order in which columns were asked for. */
  readonly cells: readonly Cell[];
}

/** A file of rows and named columns, read from its start to its end. */
export interface TableReader {
  /** The file for people. */
  readonly file: string;
  readonly columns: readonly string[];
  /** A row for people: "data/train.csv:17". */
  place(at: number): string;
  /**
   * Rows with the given columns, by their index in `columns`.
   *
   * @throws {UserError} Where the file is damaged; it names the file and the row.
   */
  rows(columns: readonly number[], signal: AbortSignal): AsyncIterable<TableRow>;
}
