import type { ByteSource } from "../../formats/byte-source.ts";
import { type Cursor, cursorOver, Hdf5Fault, readBlock, UNDEFINED_ADDRESS } from "./cursor.ts";

/** An entry of an array of chunks, by its number. */
export interface ArrayEntry {
  readonly number: number;
  readonly entry: Cursor;
}

const HEADER_BYTES = 28;
/** Signature, version, client and the header's address before the entries of a block. */
const BLOCK_HEAD_BYTES = 14;
const CHECKSUM_BYTES = 4;

/**
 * The entries of a fixed array; those of pages that were never written are passed over.
 *
 * @throws {Hdf5Fault} If it is damaged.
 * @see HDF5 File Format Specification 3.0, section VII.C.
 */
export async function* fixedArrayEntries(
  file: ByteSource,
  address: number,
): AsyncGenerator<ArrayEntry> {
  const head = await readBlock(file, address, HEADER_BYTES, "FAHD");
  head.skip(2);
  const [entryBytes, pageBits] = [head.unsigned(1), head.unsigned(1)];
  const [count, block] = [head.address(), head.address()];
  if (block === UNDEFINED_ADDRESS) return;
  const perPage = 2 ** pageBits;
  const pages = Math.ceil(count / perPage);
  if (pages <= 1) {
    await readBlock(file, block, BLOCK_HEAD_BYTES, "FADB");
    yield* entriesAt(file, block + BLOCK_HEAD_BYTES, { first: 0, count, entryBytes });
    return;
  }
  const bitmapBytes = Math.ceil(pages / 8);
  const start = await readBlock(file, block, BLOCK_HEAD_BYTES + bitmapBytes, "FADB");
  start.skip(BLOCK_HEAD_BYTES - 4);
  const written = start.bytes(bitmapBytes);
  const pageBytes = perPage * entryBytes + CHECKSUM_BYTES;
  const firstPage = block + BLOCK_HEAD_BYTES + bitmapBytes + CHECKSUM_BYTES;
  for (let page = 0; page < pages; page++) {
    if (!isSet(written, page)) continue;
    const first = page * perPage;
    const size = { first, count: Math.min(perPage, count - first), entryBytes };
    yield* entriesAt(file, firstPage + page * pageBytes, size);
  }
}

/** Bits count from the most significant one of each byte. */
export function isSet(bits: Uint8Array, index: number): boolean {
  return (((bits[index >> 3] ?? 0) >> (7 - (index & 7))) & 1) === 1;
}

/** `count` entries that lie one behind the other, numbered from `first` on. */
export async function* entriesAt(
  file: ByteSource,
  address: number,
  {
    first,
    count,
    entryBytes,
  }: { readonly first: number; readonly count: number; readonly entryBytes: number },
): AsyncGenerator<ArrayEntry> {
  if (entryBytes < 8) throw new Hdf5Fault("an array of its chunks is damaged");
  const block = await readBlock(file, address, count * entryBytes);
  for (let index = 0; index < count; index++) {
    yield { number: first + index, entry: cursorOver(block.bytes(entryBytes)) };
  }
}
