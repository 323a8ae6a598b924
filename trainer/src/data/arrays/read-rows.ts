import { ZipMemberFault } from "../../../../core/formats/zip-members.ts";
import { dataFault } from "../../data-fault.ts";
import { elementCount } from "../../element-count.ts";
import type { StoredArray } from "./stored-array.ts";

/** Bytes of an array that are in memory at a time, beside the rows that are kept. */
const CHUNK_BYTES = 1 << 23;

/** What reading rows needs to know beside the array. */
export interface RowRequest {
  /** Row numbers in ascending order. */
  readonly rows: Int32Array;
  /** The array for people: file and name. */
  readonly place: string;
  readonly signal: AbortSignal;
}

/**
 * The given rows of an array, row-major, as binary64.
 *
 * The array is read piece by piece from its start to its end, whatever its order in memory.
 *
 * @throws {UserError} If it is damaged, or a kept 64-bit integer is beyond ±2⁵³.
 */
export async function readRows(array: StoredArray, request: RowRequest): Promise<Float64Array> {
  const width = widthOf(array);
  const kept = new Float64Array(request.rows.length * width);
  await eachPiece(array, request, (piece, rows, from, strip) => {
    const { values, inexactAt } = array.numbers(piece);
    if (inexactAt >= 0) {
      const itemsOfRow = Math.max(1, strip.itemBytes / array.itemBytes);
      throw inexact(array, request, rows[Math.floor(inexactAt / itemsOfRow)] ?? 0);
    }
    strip.place(values, from, kept);
  });
  return kept;
}

/** The given rows of an array of texts with one text a row. @throws {UserError} If it is damaged. */
export async function readTexts(
  array: StoredArray,
  request: RowRequest,
): Promise<readonly string[]> {
  const kept: string[] = [];
  await eachPiece(array, request, (piece) => {
    kept.push(...array.texts(piece));
  });
  return kept;
}

/** Elements of a row: the product of all sides but the first. */
export function widthOf({ shape }: StoredArray): number {
  return elementCount(shape.slice(1));
}

/**
 * Items of equal size one after the other, one for each row: whole rows, or with Fortran's order one
 * strip for each place in a row.
 */
interface Strip {
  readonly startByte: number;
  readonly itemBytes: number;
  /** Puts the values of kept rows from the `from`-th on where they belong. */
  place(values: Float64Array, from: number, kept: Float64Array): void;
}

/** Called with the bytes of kept rows, which are `rows` and begin with the `from`-th. */
type Use = (piece: Uint8Array, rows: Int32Array, from: number, strip: Strip) => void;

function stripsOf(array: StoredArray): readonly Strip[] {
  const { shape, itemBytes, isFortranOrder } = array;
  const [height = 0] = shape;
  const width = widthOf(array);
  if (!isFortranOrder || shape.length < 2) {
    const place: Strip["place"] = (values, from, kept) => kept.set(values, from * width);
    return [{ startByte: 0, itemBytes: itemBytes * width, place }];
  }
  return Array.from({ length: width }, (_, strip) => {
    const column = rowMajorColumn(shape, strip);
    return {
      startByte: strip * height * itemBytes,
      itemBytes,
      place: (values, from, kept) => {
        for (const [index, value] of values.entries())
          kept[(from + index) * width + column] = value;
      },
    };
  });
}

async function eachPiece(array: StoredArray, request: RowRequest, use: Use): Promise<void> {
  try {
    for (const strip of stripsOf(array)) await readStrip(array, strip, request, use);
  } catch (error) {
    if (!(error instanceof ZipMemberFault)) throw error;
    throw dataFault(request.place, error.message, "Write the file again");
  }
}

async function readStrip(
  { bytes, shape }: StoredArray,
  strip: Strip,
  { rows, signal }: RowRequest,
  use: Use,
): Promise<void> {
  const [height = 1] = shape;
  const { startByte, itemBytes } = strip;
  const rowsOfPiece = Math.max(1, Math.floor(CHUNK_BYTES / Math.max(1, itemBytes)));
  for (let from = 0; from < rows.length; ) {
    signal.throwIfAborted();
    const top = rows[from] ?? 0;
    if (top >= height) throw new RangeError(`Cannot read row ${top} of ${height}`);
    const bottom = Math.min(height, top + rowsOfPiece);
    const end = firstAtLeast(rows, bottom, from);
    const piece = await bytes.read(startByte + top * itemBytes, startByte + bottom * itemBytes);
    const taken = rows.subarray(from, end);
    const isWhole = taken.length === bottom - top;
    use(
      isWhole
        ? piece
        : gather(
            piece,
            taken.map((row) => row - top),
            itemBytes,
          ),
      taken,
      from,
      strip,
    );
    from = end;
  }
}

/** Column in row-major order of the `strip`-th combination of the later indices, the second fastest. */
function rowMajorColumn(shape: readonly number[], strip: number): number {
  const sides = shape.slice(1);
  let rest = strip;
  const indices = sides.map((side) => {
    const index = rest % side;
    rest = Math.floor(rest / side);
    return index;
  });
  return indices.reduce((column, index, axis) => column * (sides[axis] ?? 1) + index, 0);
}

function firstAtLeast(rows: Int32Array, bound: number, from: number): number {
  let at = from;
  while (at < rows.length && (rows[at] ?? 0) < bound) at += 1;
  return at;
}

function gather(bytes: Uint8Array, items: Int32Array, itemBytes: number): Uint8Array {
  const gathered = new Uint8Array(items.length * itemBytes);
  items.forEach((item, index) => {
    gathered.set(bytes.subarray(item * itemBytes, (item + 1) * itemBytes), index * itemBytes);
  });
  return gathered;
}

function inexact({ dtype }: StoredArray, { place }: RowRequest, row: number) {
  return dataFault(
    `${place}, row ${row}`,
    `an integer of ${dtype} is beyond 2^53, which a training computes with`,
    "Leave such columns (they are often identifiers) out, or save them as float64",
  );
}
