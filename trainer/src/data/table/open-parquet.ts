import { type AsyncBuffer, parquetMetadataAsync, parquetScan, parquetSchema } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import type { ByteSource } from "../../../../core/formats/byte-source.ts";
import { dataFault } from "../../data-fault.ts";
import { UserError } from "../../user-error.ts";
import { type NamedFile, withBytes } from "../files/open-bytes.ts";
import { checkColumns } from "./check-columns.ts";
import type { Cell, TableReader, TableRow } from "./table-reader.ts";

/** Rows from one look at the signal to the next. */
const ROWS_PER_TURN = 4096;

/**
 * A Parquet file of flat columns, in any of the format's encodings and compressions.
 *
 * Columns of lists or records are left out of `columns`. Row groups are read one after the other, and
 * of each only the columns that are asked for; a group has to fit into memory.
 *
 * @throws {UserError} If there is no file, or it is no Parquet file.
 */
export async function openParquet(file: NamedFile): Promise<TableReader> {
  const columns = await withBytes(file, (bytes) => guarded(file, () => flatColumns(bytes)));
  checkColumns(file.name, columns);
  return {
    file: file.name,
    columns,
    place: (at) => `${file.name}, row ${at}`,
    rows: (wanted, signal) => {
      const names = wanted.map((index) => columns[index] ?? "");
      return rowsOf(file, names, signal);
    },
  };
}

async function flatColumns(bytes: ByteSource): Promise<readonly string[]> {
  const metadata = await parquetMetadataAsync(asyncBuffer(bytes));
  return (
    parquetSchema(metadata)
      .children.filter(
        ({ children, element }) => children.length === 0 && element.repetition_type !== "REPEATED",
      )
      // The name of a damaged schema may be anything, whatever its type says.
      .map(({ element }) => (typeof element.name === "string" ? element.name : ""))
  );
}

async function* rowsOf(
  file: NamedFile,
  columns: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<TableRow> {
  for (let index = 0; ; index++) {
    signal.throwIfAborted();
    const group = await withBytes(file, (bytes) =>
      guarded(file, () => readGroup(bytes, columns, index)),
    );
    if (group === undefined) return;
    for (let row = 0; row < group.rows; row++) {
      if (row % ROWS_PER_TURN === 0) {
        await new Promise(setImmediate);
        signal.throwIfAborted();
      }
      const at = group.first + row + 1;
      yield { at, cells: group.values.map((values) => cellOf(values[row])) };
    }
  }
}

interface RowGroup {
  /** Row of the file that is the first here, from 0. */
  readonly first: number;
  readonly rows: number;
  /** By column. */
  readonly values: readonly ArrayLike<unknown>[];
}

/** The group of that number; `undefined` behind the last. A scan keeps what it has read, so none is kept. */
async function readGroup(
  bytes: ByteSource,
  columns: readonly string[],
  index: number,
): Promise<RowGroup | undefined> {
  const scan = await parquetScan({ file: asyncBuffer(bytes), columns: [...columns], compressors });
  const range = scan.ranges[index];
  if (range === undefined) return undefined;
  const rows = range.rowEnd - range.rowStart;
  const values: ArrayLike<unknown>[] = [];
  for (const column of columns) {
    const read: ArrayLike<unknown> = await scan.readColumn({ column, ...range });
    if (read.length !== rows) {
      throw new RangeError(`column ${column} has ${read.length} values for ${rows} rows`);
    }
    values.push(read);
  }
  return { first: range.rowStart, rows, values };
}

/** Whatever the reader says of a damaged file, the user learns which file it is. */
async function guarded<Value>(file: NamedFile, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UserError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw dataFault(
      file.name,
      `it is no Parquet file, or damaged (${why})`,
      "Write the file again",
    );
  }
}

/** A date is given as text, a number beyond binary64 as its digits: whoever reads them decides. */
function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "number") return Number.isNaN(value) ? undefined : value;
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "bigint") {
    const number = Number(value);
    return BigInt(number) === value ? number : String(value);
  }
  if (value instanceof Date) return value.toISOString();
  return JSON.stringify(value);
}

function asyncBuffer(bytes: ByteSource): AsyncBuffer {
  return {
    byteLength: bytes.sizeBytes,
    async slice(start, end = bytes.sizeBytes) {
      const piece = await bytes.read(start, end);
      return new Uint8Array(piece).buffer;
    },
  };
}
