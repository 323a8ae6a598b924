import type { ByteSource } from "../../formats/byte-source.ts";
import { tileGrid } from "../tiles.ts";
import type { ChunkIndexPlace } from "./chunk-layout.ts";
import { type Cursor, Hdf5Fault, UNDEFINED_ADDRESS } from "./cursor.ts";
import { extensibleArrayEntries } from "./extensible-array.ts";
import { type ArrayEntry, fixedArrayEntries } from "./fixed-array.ts";
import { treeV1Leaves } from "./tree-v1.ts";
import { treeRecords } from "./tree-v2.ts";

/** A chunk as it is stored. */
export interface ChunkPlace {
  readonly address: number;
  readonly sizeBytes: number;
  /** Bit k is set where filter k was left out. */
  readonly filterMask: number;
}

/** Where the chunks of a dataset lie. */
export interface ChunkTable {
  /** By their place along each axis, counted in chunks; `undefined` for one that was never written. */
  at(place: readonly number[]): ChunkPlace | undefined;
  /** Chunks that were never written. */
  readonly missing: number;
}

/** Of a dataset: the sides of its array now and at most, and those of a chunk. */
export interface ChunkedShape {
  readonly shape: readonly number[];
  /** `UNDEFINED_ADDRESS` for an axis without limit. */
  readonly maxShape: readonly number[];
  readonly chunk: readonly number[];
  readonly chunkBytes: number;
}

/** Beyond it the table itself would not fit beside the values. */
const MOST_CHUNKS = 1 << 22;

/** Type of the records of a tree of chunks that went through filters. */
const FILTERED_PLACE_BYTES = 12;

/**
 * Reads the whole index of a dataset's chunks.
 *
 * @throws {Hdf5Fault} If it is damaged, or its chunks overlap.
 * @see HDF5 File Format Specification 3.0, appendix C.
 */
export async function readChunkIndex(
  file: ByteSource,
  index: ChunkIndexPlace,
  dataset: ChunkedShape,
): Promise<ChunkTable> {
  const grid = tileGrid(dataset.shape, dataset.chunk);
  const chunks = grid.reduce((product, side) => product * side, 1);
  if (!(chunks <= MOST_CHUNKS)) {
    throw new Hdf5Fault(`it lies in ${chunks} chunks; more than ${MOST_CHUNKS} are not read`);
  }
  const addresses = new Float64Array(chunks).fill(UNDEFINED_ADDRESS);
  const sizes = new Float64Array(chunks);
  const masks = new Uint32Array(chunks);
  const numberOf = (place: readonly number[]) =>
    place.some((at, axis) => at >= (grid[axis] ?? 0))
      ? -1
      : place.reduce((number, at, axis) => number * (grid[axis] ?? 1) + at, 0);
  let [found, storedBytes] = [0, 0];
  for await (const { place, address, sizeBytes, filterMask } of placedChunks(
    file,
    index,
    dataset,
  )) {
    const number = numberOf(place);
    // A dataset that was made smaller keeps chunks beyond its ends.
    if (number < 0 || address === UNDEFINED_ADDRESS) continue;
    if (addresses[number] === UNDEFINED_ADDRESS) found++;
    storedBytes += sizeBytes;
    if (!(address + sizeBytes <= file.sizeBytes)) {
      throw new Hdf5Fault(`truncated: a chunk of it should end at byte ${address + sizeBytes}`);
    }
    if (storedBytes > file.sizeBytes) throw new Hdf5Fault("its chunks lie over one another");
    addresses[number] = address;
    sizes[number] = sizeBytes;
    masks[number] = filterMask;
  }
  return {
    missing: chunks - found,
    at(place) {
      const number = numberOf(place);
      const address = addresses[number] ?? UNDEFINED_ADDRESS;
      if (address === UNDEFINED_ADDRESS) return undefined;
      return { address, sizeBytes: sizes[number] ?? 0, filterMask: masks[number] ?? 0 };
    },
  };
}

interface PlacedChunk extends ChunkPlace {
  readonly place: readonly number[];
}

async function* placedChunks(
  file: ByteSource,
  index: ChunkIndexPlace,
  dataset: ChunkedShape,
): AsyncGenerator<PlacedChunk> {
  const { address } = index;
  if (address === UNDEFINED_ADDRESS) return;
  const { chunkBytes, shape } = dataset;
  switch (index.kind) {
    case "tree-v1":
      yield* fromTreeV1(file, address, dataset);
      return;
    case "single":
      yield {
        place: shape.map(() => 0),
        address,
        sizeBytes: index.sizeBytes ?? chunkBytes,
        filterMask: index.filterMask,
      };
      return;
    case "implicit":
      yield* implicitChunks(address, dataset);
      return;
    case "fixed-array":
      yield* fromArray(fixedArrayEntries(file, address), dataset);
      return;
    case "extensible-array":
      yield* fromArray(extensibleArrayEntries(file, address), dataset);
      return;
    case "tree-v2":
      yield* fromTreeV2(file, address, dataset);
  }
}

/** Keys: stored bytes, filters that were left out, first element along each axis and within one. */
async function* fromTreeV1(
  file: ByteSource,
  address: number,
  { chunk }: ChunkedShape,
): AsyncGenerator<PlacedChunk> {
  for await (const { key, child } of treeV1Leaves(file, address, 8 + 8 * (chunk.length + 1))) {
    const [sizeBytes, filterMask] = [key.unsigned(4), key.unsigned(4)];
    const place = chunk.map((side) => Math.floor(key.address() / side));
    yield { place, address: child, sizeBytes, filterMask };
  }
}

async function* fromTreeV2(
  file: ByteSource,
  address: number,
  { chunk, chunkBytes }: ChunkedShape,
): AsyncGenerator<PlacedChunk> {
  for await (const record of treeRecords(file, address)) {
    const entry = chunkEntry(record, record.left() - 8 * chunk.length, chunkBytes);
    yield { place: chunk.map(() => record.address()), ...entry };
  }
}

async function* implicitChunks(
  address: number,
  dataset: ChunkedShape,
): AsyncGenerator<PlacedChunk> {
  const { chunkBytes } = dataset;
  const grid = maxGrid(dataset);
  const chunks = grid.reduce((product, side) => product * side, 1);
  for (let number = 0; number < Math.min(chunks, MOST_CHUNKS); number++) {
    const place = placeOf(number, grid);
    yield { place, address: address + number * chunkBytes, sizeBytes: chunkBytes, filterMask: 0 };
  }
}

/** Entries are numbered over the largest array there may be, with an axis without limit in front. */
async function* fromArray(
  entries: AsyncIterable<ArrayEntry>,
  dataset: ChunkedShape,
): AsyncGenerator<PlacedChunk> {
  const grid = maxGrid(dataset);
  const free = dataset.maxShape.indexOf(UNDEFINED_ADDRESS);
  const [turned = 0] = free > 0 ? grid.splice(free, 1) : [];
  if (free > 0) grid.unshift(turned);
  for await (const { number, entry } of entries) {
    const place = placeOf(number, grid);
    const [first = 0] = place;
    if (free > 0) {
      place.shift();
      place.splice(free, 0, first);
    }
    yield { place, ...chunkEntry(entry, entry.left(), dataset.chunkBytes) };
  }
}

function maxGrid({ maxShape, chunk }: ChunkedShape): number[] {
  return tileGrid(maxShape, chunk);
}

function placeOf(number: number, grid: readonly number[]): number[] {
  let rest = number;
  const place = grid.map(() => 0);
  for (let axis = grid.length - 1; axis > 0; axis--) {
    const side = grid[axis] ?? 1;
    place[axis] = rest % side;
    rest = Math.floor(rest / side);
  }
  place[0] = rest;
  return place;
}

/** An address, and of a chunk that went through filters its stored bytes and which were left out. */
function chunkEntry(entry: Cursor, entryBytes: number, chunkBytes: number): ChunkPlace {
  const address = entry.address();
  if (entryBytes <= FILTERED_PLACE_BYTES) return { address, sizeBytes: chunkBytes, filterMask: 0 };
  const sizeBytes = entry.unsigned(entryBytes - FILTERED_PLACE_BYTES);
  return { address, sizeBytes, filterMask: entry.unsigned(4) };
}
