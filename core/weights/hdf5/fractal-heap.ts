import type { ByteSource } from "../../formats/byte-source.ts";
import { type Cursor, cursorOver, Hdf5Fault, readBlock } from "./cursor.ts";

const MANAGED = 0;
const TINY = 2;
const HEADER_BYTES = 146;
const DEEPEST = 32;

/** Objects by an identifier. */
export interface FractalHeap {
  /** @throws {Hdf5Fault} If there is none, or the heap is damaged. */
  object(id: Cursor): Promise<Cursor>;
}

interface Table {
  readonly width: number;
  readonly firstBytes: number;
  readonly mostDirectBytes: number;
  /** Bytes of an offset, and of what stands before the addresses of an indirect block. */
  readonly offsetBytes: number;
  readonly headBytes: number;
}

/**
 * Opens the heap at `address`; only what is asked for is read.
 *
 * @throws {Hdf5Fault} If it is damaged, or its blocks are packed.
 * @see HDF5 File Format Specification 3.0, section III.G.
 */
export async function openFractalHeap(file: ByteSource, address: number): Promise<FractalHeap> {
  const head = await readBlock(file, address, Math.min(HEADER_BYTES, file.sizeBytes), "FRHP");
  head.skip(1 + 2);
  if (head.unsigned(2) > 0) throw new Hdf5Fault("a heap of names in it is packed");
  head.skip(1);
  const largestObject = head.unsigned(4);
  // Huge and free objects, and how much there is of each kind.
  head.skip(96);
  const [width, firstBytes, mostDirectBytes] = [head.unsigned(2), head.address(), head.address()];
  const offsetBytes = Math.ceil(head.unsigned(2) / 8);
  head.skip(2);
  const [root, rows] = [head.address(), head.unsigned(2)];
  if (!(width > 0 && firstBytes > 0)) throw new Hdf5Fault("a heap of names in it is damaged");
  const lengthBytes = Math.min(
    Math.ceil(Math.log2(mostDirectBytes) / 8),
    Math.floor(Math.log2(Math.max(1, largestObject)) / 8) + 1,
  );
  const headBytes = 4 + 1 + 8 + offsetBytes;
  const table = { width, firstBytes, mostDirectBytes, offsetBytes, headBytes };
  return {
    async object(id) {
      const kind = (id.unsigned(1) >> 4) & 3;
      if (kind === TINY) return cursorOver(id.bytes(id.left()));
      if (kind !== MANAGED) throw new Hdf5Fault("a name in it is too long to be read");
      const offset = id.unsigned(offsetBytes);
      const length = id.unsigned(lengthBytes);
      const place = rows === 0 ? root + offset : await placeOf(file, table, { root, offset });
      return readBlock(file, place, length);
    },
  };
}

/**
 * Where the byte at `offset` of the heap lies in the file: of `width` blocks a row, which double in
 * size from the third row on; blocks too large to be direct are tables of the same kind.
 */
async function placeOf(
  file: ByteSource,
  table: Table,
  { root, offset }: { readonly root: number; readonly offset: number },
): Promise<number> {
  const { width, firstBytes, mostDirectBytes, headBytes } = table;
  let [block, rest] = [root, offset];
  for (let level = 0; level < DEEPEST; level++) {
    const row = Math.max(0, Math.floor(Math.log2(rest / (width * firstBytes))) + 1);
    const blockBytes = row === 0 ? firstBytes : firstBytes * 2 ** (row - 1);
    const inRow = rest - (row === 0 ? 0 : width * blockBytes);
    const column = Math.floor(inRow / blockBytes);
    const entry = block + headBytes + (row * width + column) * 8;
    await readBlock(file, block, headBytes, "FHIB");
    block = (await readBlock(file, entry, 8)).address();
    rest = inRow - column * blockBytes;
    if (blockBytes <= mostDirectBytes) return block + rest;
  }
  throw new Hdf5Fault("a heap of names in it has no end");
}
