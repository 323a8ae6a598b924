import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import Papa, { type ParseResult } from "papaparse";
import { dataFault, unreadable } from "../../data-fault.ts";
import { type NamedFile, withBytes } from "../files/open-bytes.ts";
import { checkColumns } from "./check-columns.ts";
import { isMissing } from "./number-of.ts";
import type { TableReader, TableRow } from "./table-reader.ts";

const CANDIDATES = [",", ";", "\t", "|"];
/** Bytes at the start of the file by which its encoding and delimiter are told. */
const START_BYTES = 1 << 16;
const CHUNK_BYTES = 1 << 18;
/** Bytes that a line may have. */
const MAX_LINE_BYTES = 1 << 26;
const LINE_FEED = 0x0a;

interface CsvRecord {
  /** Line on which it starts, from 1. */
  readonly at: number;
  readonly fields: readonly string[];
}

/**
 * A CSV file with names in its first row: RFC 4180 with any of the usual delimiters and line ends.
 *
 * Without `delimiter` it is whichever of `,` `;` tab `|` the first row has most of. Empty lines are
 * passed over, a byte order mark too.
 *
 * @throws {UserError} If there is no file, no header, or a name is empty or there twice.
 */
export async function openCsv(file: NamedFile, delimiter?: string): Promise<TableReader> {
  const start = await withBytes(file, (bytes) => bytes.read(0, START_BYTES));
  refuseOtherEncodings(file, start);
  const separator = delimiter ?? delimiterOf(firstLine(start));
  let columns: readonly string[] | undefined;
  for await (const { fields } of records(file, separator)) {
    columns = fields.map((name) => name.trim());
    break;
  }
  if (columns === undefined) {
    throw dataFault(file.name, "it is empty", "Write column names into its first row");
  }
  checkColumns(file.name, columns);
  const place = (at: number) => `${file.name}:${at}`;
  return { file: file.name, columns, place, rows: (wanted, signal) => rowsOf(wanted, signal) };

  async function* rowsOf(wanted: readonly number[], signal: AbortSignal): AsyncGenerator<TableRow> {
    const width = columns?.length ?? 0;
    let isHeader = true;
    for await (const { at, fields } of records(file, separator)) {
      signal.throwIfAborted();
      if (isHeader) {
        isHeader = false;
        continue;
      }
      if (fields.length !== width) throw ragged(place(at), fields.length, width);
      yield { at, cells: wanted.map((index) => cellOf(fields[index] ?? "")) };
    }
  }
}

function cellOf(text: string): string | undefined {
  return isMissing(text) ? undefined : text;
}

function ragged(place: string, found: number, width: number) {
  return dataFault(
    place,
    `the row has ${found} fields, the header names ${width}`,
    "Correct the row; a text with the delimiter in it stands in quotes",
  );
}

/** Rows that are not empty. @throws {UserError} At a quote that stands wrong. */
async function* records(file: NamedFile, delimiter: string): AsyncGenerator<CsvRecord> {
  let line = 1;
  for await (const { data, errors } of batches(file, delimiter)) {
    // The first fault of a row is the cause of the others.
    const faults = new Map(errors.toReversed().map(({ row = 0, code }) => [row, code]));
    for (const [index, fields] of data.entries()) {
      const fault = faults.get(index);
      if (fault !== undefined) throw malformed(`${file.name}:${line}`, fault);
      if (fields.length > 1 || fields[0]?.trim() !== "") yield { at: line, fields };
      line += 1 + lineFeedsIn(fields);
    }
  }
}

/** Pieces of the file as the parser gives them; the next one is parsed when this one is done with. */
async function* batches(file: NamedFile, delimiter: string): AsyncGenerator<ParseResult<string[]>> {
  const bytes = createReadStream(file.path, { highWaterMark: CHUNK_BYTES });
  const source = Readable.from(checkedText(file, bytes));
  const waiting: { readonly batch: ParseResult<string[]>; resume(): void }[] = [];
  let end: { readonly error?: unknown } | undefined;
  let wake: () => void = () => undefined;
  Papa.parse<string[]>(source, {
    delimiter,
    chunk(batch, parser) {
      parser.pause();
      waiting.push({ batch, resume: () => parser.resume() });
      wake();
    },
    complete() {
      end ??= {};
      wake();
    },
    error(error) {
      end = { error };
      wake();
    },
  });
  try {
    for (;;) {
      const next = waiting.shift();
      if (next !== undefined) {
        yield next.batch;
        next.resume();
      } else if (end === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else if (end.error === undefined) return;
      else throw asFault(file, end.error);
    }
  } finally {
    source.destroy();
    bytes.destroy();
  }
}

function asFault(file: NamedFile, error: unknown): unknown {
  const isSystem = error instanceof Error && "syscall" in error;
  return isSystem ? unreadable(file.name, error) : error;
}

/** Passes on what is UTF-8. @throws {UserError} At the first line that is not. */
async function* checkedText(
  file: NamedFile,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<string> {
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    // A character may be cut at the end of a chunk, a line feed is always a whole one.
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    const whole = bytes.subarray(0, end);
    if (!isUtf8(whole)) throw notUtf8(file, whole, line);
    if (end > 0) yield withoutMark(whole.toString("utf8"), line);
    line += lineFeeds(whole);
    rest = bytes.subarray(end);
    if (rest.length > MAX_LINE_BYTES) {
      throw dataFault(`${file.name}:${line}`, "the line has no end", "Give a file with line feeds");
    }
  }
  if (!isUtf8(rest)) throw notUtf8(file, rest, line);
  yield withoutMark(rest.toString("utf8"), line);
}

function withoutMark(text: string, line: number): string {
  return line === 1 && text.startsWith("\ufeff") ? text.slice(1) : text;
}

function notUtf8(file: NamedFile, bytes: Buffer, firstLineNumber: number) {
  let [line, start] = [firstLineNumber, 0];
  for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
    if (!isUtf8(bytes.subarray(start, end))) break;
    line += 1;
    start = end + 1;
  }
  return dataFault(`${file.name}:${line}`, "the text is not UTF-8", "Save the file as UTF-8");
}

function lineFeeds(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1))
    count += 1;
  return count;
}

function lineFeedsIn(fields: readonly string[]): number {
  let count = 0;
  for (const field of fields) {
    if (field.includes("\n")) count += field.split("\n").length - 1;
  }
  return count;
}

const PROBLEMS: Readonly<Record<string, string>> = {
  MissingQuotes: "a quote is opened and never closed",
  InvalidQuotes: "a closing quote is followed by more text",
};

function malformed(place: string, code: string) {
  return dataFault(
    place,
    PROBLEMS[code] ?? code,
    "Put such texts in quotes and double the quotes in them",
  );
}

function refuseOtherEncodings(file: NamedFile, start: Uint8Array): void {
  const [first, second] = start;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16) throw dataFault(file.name, "the text is UTF-16", "Save the file as UTF-8");
  if (start.includes(0)) {
    throw dataFault(file.name, "it is no text: it has zero bytes", "Give the path of a CSV file");
  }
}

function firstLine(start: Uint8Array): string {
  const text = Buffer.from(start).toString("utf8").trimStart();
  const end = text.search(/[\r\n]/);
  return end < 0 ? text : text.slice(0, end);
}

/** The candidate that stands most often in the line outside quotes; a comma where none does. */
function delimiterOf(line: string): string {
  const counts = new Map(CANDIDATES.map((candidate) => [candidate, 0]));
  let isQuoted = false;
  for (const letter of line) {
    if (letter === '"') isQuoted = !isQuoted;
    const count = counts.get(letter);
    if (!isQuoted && count !== undefined) counts.set(letter, count + 1);
  }
  const [best] = [...counts].toSorted(([, a], [, b]) => b - a);
  return best?.[0] ?? ",";
}
