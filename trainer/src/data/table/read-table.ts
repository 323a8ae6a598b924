import { dataFault } from "../../data-fault.ts";
import type { LoadContext } from "../../data-source.ts";
import { growingNumbers } from "./growing-columns.ts";
import { type DecimalMark, isMissing, numberOf } from "./number-of.ts";
import { createRowSample } from "./row-sample.ts";
import type { Cell, TableReader } from "./table-reader.ts";

/** How the cells of a column are read. */
export type ColumnKind = "numbers" | "categories" | "times";

export interface ColumnRequest {
  /** Index among the file's columns. */
  readonly index: number;
  readonly kind: ColumnKind;
  /** The categories that there may be, where the user states them; otherwise those that are found. */
  readonly categories?: readonly string[];
}

/** A column of the kept rows; NaN or −1 where a value is missing. */
export type TableColumn =
  | { readonly kind: "numbers"; readonly name: string; value(row: number): number }
  | {
      readonly kind: "categories";
      readonly name: string;
      readonly codes: Int32Array;
      readonly categories: readonly string[];
    };

export interface Table {
  /** Rows kept, of `rowsInFile`. */
  readonly rows: number;
  readonly rowsInFile: number;
  /** Line or row in the file. */
  readonly at: Float64Array;
  /** In the order in which they were asked for. */
  readonly columns: readonly TableColumn[];
}

export interface ReadingSettings {
  readonly decimal: DecimalMark;
  /** Of more rows an even sample of so many is kept. */
  readonly maxRows: number;
  readonly seed: number;
}

/** Of a column with more it makes no sense to give each a weight of its own. */
const MAX_CATEGORIES = 10_000;
/** Rows from one message to the next. */
const ROWS_PER_MESSAGE = 1_000_000;

/**
 * Reads columns of a table in one pass. Every row is checked, also those that are not kept.
 *
 * @throws {UserError} At the first cell that cannot be read; it names file, row and column.
 */
export async function readTable(
  reader: TableReader,
  requests: readonly ColumnRequest[],
  settings: ReadingSettings,
  { signal, report }: LoadContext,
): Promise<Table> {
  const sinks = requests.map((request) => sinkFor(reader, request, settings.decimal));
  const sample = createRowSample(settings.maxRows, settings.seed);
  const places = growingNumbers();
  const indices = requests.map(({ index }) => index);
  for await (const { at, cells } of reader.rows(indices, signal)) {
    const slot = sample.next();
    if (slot !== undefined) places.set(slot, at);
    for (const [index, sink] of sinks.entries()) sink.add(cells[index], at, slot);
    if (sample.seen() % ROWS_PER_MESSAGE === 0) {
      report(`Read ${sample.seen().toLocaleString("en")} rows of ${reader.file}`);
    }
  }
  const slots = sample.slots();
  return {
    rows: slots.length,
    rowsInFile: sample.seen(),
    at: places.take(slots),
    columns: sinks.map((sink) => sink.take(slots)),
  };
}

interface Sink {
  /** Checks a cell, and keeps it where there is a slot for it. */
  add(cell: Cell, at: number, slot: number | undefined): void;
  take(slots: Int32Array): TableColumn;
}

function sinkFor(reader: TableReader, request: ColumnRequest, decimal: DecimalMark): Sink {
  const name = reader.columns[request.index] ?? "";
  const fault = (at: number, problem: string, nextStep: string) =>
    dataFault(reader.place(at), `column \`${name}\`: ${problem}`, nextStep);
  switch (request.kind) {
    case "numbers":
      return numberSink(name, (cell, at) => {
        const value = typeof cell === "number" ? finite(cell) : numberOf(cell, decimal);
        if (typeof value === "number") return value;
        throw fault(at, value.problem, value.nextStep);
      });
    case "times":
      return numberSink(name, (cell, at) => {
        const value = timeOf(cell, decimal);
        if (value !== undefined) return value;
        const problem = `${JSON.stringify(cell)} is neither a number nor a date`;
        throw fault(at, problem, "Write dates as 2026-11-21 or 2026-11-21T09:30:00");
      });
    case "categories":
      return categorySink(name, request.categories, fault);
  }
}

function finite(value: number) {
  return Number.isFinite(value)
    ? value
    : { problem: `${value} is infinite`, nextStep: "Leave the cell empty, or correct it" };
}

/** A number as it is, a date in milliseconds since 1970. */
function timeOf(cell: Cell, decimal: DecimalMark): number | undefined {
  if (typeof cell === "number") return Number.isFinite(cell) ? cell : undefined;
  const number = numberOf(cell ?? "", decimal);
  if (typeof number === "number") return number;
  const time = Date.parse(cell ?? "");
  return Number.isNaN(time) ? undefined : time;
}

function numberSink(name: string, read: (cell: string | number, at: number) => number): Sink {
  const values = growingNumbers();
  return {
    add(cell, at, slot) {
      const isEmpty = cell === undefined || (typeof cell === "string" && isMissing(cell));
      const value = isEmpty ? Number.NaN : read(cell, at);
      if (slot !== undefined) values.set(slot, value);
    },
    take(slots) {
      const taken = values.take(slots);
      return { kind: "numbers", name, value: (row) => taken[row] ?? Number.NaN };
    },
  };
}

type Fault = (at: number, problem: string, nextStep: string) => Error;

function categorySink(name: string, stated: readonly string[] | undefined, fault: Fault): Sink {
  const codes = growingNumbers();
  const known = new Map<string, number>((stated ?? []).map((category, code) => [category, code]));
  const codeOf = (category: string, at: number): number => {
    const code = known.get(category);
    if (code !== undefined) return code;
    if (stated !== undefined) {
      const problem = `${JSON.stringify(category)} is none of its categories ${stated.join(", ")}`;
      throw fault(at, problem, "Correct the row, or add the category under `categorical`");
    }
    if (known.size === MAX_CATEGORIES) {
      throw fault(
        at,
        `more than ${MAX_CATEGORIES} categories`,
        "Leave the column out of `features`",
      );
    }
    known.set(category, known.size);
    return known.size - 1;
  };
  return {
    add(cell, at, slot) {
      const isEmpty = cell === undefined || (typeof cell === "string" && isMissing(cell));
      const code = isEmpty ? -1 : codeOf(String(cell).trim(), at);
      if (slot !== undefined) codes.set(slot, code);
    },
    take: (slots) =>
      arrangeCategories(name, [...known.keys()], codes.take(slots), stated !== undefined),
  };
}

/** Codes by the categories in order: numbers by size, texts by code point; stated ones as stated. */
function arrangeCategories(
  name: string,
  found: readonly string[],
  codes: Float64Array,
  isStated: boolean,
): TableColumn {
  const categories = isStated ? found : sortedCategories(found);
  const place = new Map(categories.map((category, index) => [category, index]));
  const codeOf = found.map((category) => place.get(category) ?? -1);
  return {
    kind: "categories",
    name,
    codes: Int32Array.from(codes, (code) => (code < 0 ? -1 : (codeOf[code] ?? -1))),
    categories,
  };
}

/** Numbers by size where all are numbers, texts by code unit otherwise, as scikit-learn's classes are. */
export function sortedCategories(categories: Iterable<string>): readonly string[] {
  const list = [...categories];
  const isNumeric = list.every((text) => typeof numberOf(text, ".") === "number");
  return isNumeric ? list.toSorted((a, b) => Number(a) - Number(b)) : list.toSorted();
}
