import type { ByteSource } from "../../formats/byte-source.ts";
import { type Cursor, Hdf5Fault, readBlock, UNDEFINED_ADDRESS } from "./cursor.ts";
import { type ArrayEntry, entriesAt, isSet } from "./fixed-array.ts";

const HEADER_BYTES = 72;
/** Signature, version, client and the header's address. */
const BLOCK_HEAD_BYTES = 14;
const CHECKSUM_BYTES = 4;

interface ExtensibleArray {
  readonly entryBytes: number;
  /** Entries in the index block itself. */
  readonly inIndex: number;
  /** Entries of the smallest data block. */
  readonly leastInBlock: number;
  readonly perPage: number;
  readonly superBlocks: number;
  /** Super blocks whose data blocks the index block names itself. */
  readonly direct: number;
  readonly offsetBytes: number;
  /** Entries up to the last one that was ever set. */
  readonly used: number;
}

/** Data blocks of one size: super block u has 2^⌊u/2⌋ of them with 2^⌈u/2⌉ times the least entries. */
interface SuperBlock {
  readonly first: number;
  readonly blocks: number;
  readonly perBlock: number;
}

/** A data block: where it lies, its entries, and the pages of it that were written, if it has any. */
interface DataBlock {
  readonly address: number;
  readonly first: number;
  readonly entries: number;
  readonly writtenPages?: Uint8Array;
}

/**
 * The entries of an extensible array; blocks and pages that were never written are passed over.
 *
 * @throws {Hdf5Fault} If it is damaged.
 * @see HDF5 File Format Specification 3.0, section VII.D.
 */
export async function* extensibleArrayEntries(
  file: ByteSource,
  address: number,
): AsyncGenerator<ArrayEntry> {
  const head = await readBlock(file, address, HEADER_BYTES, "EAHD");
  const array = parseHeader(head);
  const block = head.address();
  if (block === UNDEFINED_ADDRESS) return;
  const { inIndex, entryBytes, direct, superBlocks } = array;
  const directBlocks = 2 * (2 ** (direct / 2) - 1);
  const own = inIndex * entryBytes;
  const index = await readBlock(
    file,
    block,
    BLOCK_HEAD_BYTES + own + 8 * (directBlocks + superBlocks - direct),
    "EAIB",
  );
  yield* entriesAt(file, block + BLOCK_HEAD_BYTES, { first: 0, count: inIndex, entryBytes });
  index.skip(BLOCK_HEAD_BYTES - 4 + own);
  for (let level = 0; level < superBlocks; level++) {
    const block = superBlock(array, level);
    if (block.first >= array.used) return;
    if (level < direct) yield* inBlocks(file, array, addressesOf(index, block));
    else yield* inSuperBlock(file, array, { ...block, address: index.address() });
  }
}

function parseHeader(head: Cursor): ExtensibleArray {
  head.skip(2);
  const entryBytes = head.unsigned(1);
  const mostBits = head.unsigned(1);
  const inIndex = head.unsigned(1);
  const leastInBlock = head.unsigned(1);
  const leastPointers = head.unsigned(1);
  const perPage = 2 ** head.unsigned(1);
  // Numbers and sizes of super blocks and data blocks, then the highest entry, and those with room.
  head.skip(32);
  const used = head.address();
  head.skip(8);
  const direct = 2 * Math.log2(leastPointers);
  const superBlocks = 1 + mostBits - Math.log2(leastInBlock);
  if (!(Number.isInteger(direct) && Number.isInteger(superBlocks) && superBlocks >= direct)) {
    throw new Hdf5Fault("an array of its chunks is damaged");
  }
  return {
    entryBytes,
    inIndex,
    leastInBlock,
    perPage,
    superBlocks,
    direct,
    offsetBytes: Math.ceil(mostBits / 8),
    used,
  };
}

function superBlock({ inIndex, leastInBlock }: ExtensibleArray, level: number): SuperBlock {
  return {
    first: inIndex + (2 ** level - 1) * leastInBlock,
    blocks: 2 ** Math.floor(level / 2),
    perBlock: 2 ** Math.ceil(level / 2) * leastInBlock,
  };
}

function addressesOf(cursor: Cursor, { first, blocks, perBlock }: SuperBlock): DataBlock[] {
  return Array.from({ length: blocks }, (_, index) => {
    return { address: cursor.address(), first: first + index * perBlock, entries: perBlock };
  });
}

async function* inSuperBlock(
  file: ByteSource,
  array: ExtensibleArray,
  block: SuperBlock & { readonly address: number },
): AsyncGenerator<ArrayEntry> {
  const { address, blocks, perBlock } = block;
  if (address === UNDEFINED_ADDRESS) return;
  const pageBytes =
    perBlock > array.perPage ? Math.ceil(Math.ceil(perBlock / array.perPage) / 8) : 0;
  const headBytes = BLOCK_HEAD_BYTES + array.offsetBytes;
  const body = await readBlock(file, address, headBytes + blocks * (pageBytes + 8), "EASB");
  body.skip(headBytes - 4);
  const written = Array.from({ length: blocks }, () => body.bytes(pageBytes));
  const dataBlocks = addressesOf(body, block).map((dataBlock, index) => {
    const writtenPages = written[index];
    return pageBytes === 0 || writtenPages === undefined
      ? dataBlock
      : { ...dataBlock, writtenPages };
  });
  yield* inBlocks(file, array, dataBlocks);
}

async function* inBlocks(
  file: ByteSource,
  { entryBytes, perPage, offsetBytes, used }: ExtensibleArray,
  blocks: readonly DataBlock[],
): AsyncGenerator<ArrayEntry> {
  const headBytes = BLOCK_HEAD_BYTES + offsetBytes;
  for (const { address, first, entries, writtenPages } of blocks) {
    if (address === UNDEFINED_ADDRESS || first >= used) continue;
    await readBlock(file, address, headBytes, "EADB");
    if (writtenPages === undefined) {
      yield* entriesAt(file, address + headBytes, { first, count: entries, entryBytes });
      continue;
    }
    const pageBytes = perPage * entryBytes + CHECKSUM_BYTES;
    const start = address + headBytes + CHECKSUM_BYTES;
    for (let page = 0; page * perPage < entries; page++) {
      if (!isSet(writtenPages, page)) continue;
      const size = { first: first + page * perPage, count: perPage, entryBytes };
      yield* entriesAt(file, start + page * pageBytes, size);
    }
  }
}
