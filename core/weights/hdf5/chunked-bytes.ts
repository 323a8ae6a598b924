import type { ByteSource } from "../../formats/byte-source.ts";
import { copyBox, type Tile, tileOfElement } from "../tiles.ts";
import {
  type ChunkedShape,
  type ChunkPlace,
  type ChunkTable,
  readChunkIndex,
} from "./chunk-index.ts";
import type { ChunkIndexPlace } from "./chunk-layout.ts";
import { Hdf5Fault } from "./cursor.ts";
import type { FilterPipeline } from "./filters.ts";

/** Chunks that have to be held in memory as a whole are at most of this size. */
const LARGEST_CHUNK_BYTES = 1 << 28;
/** Deflate packs no better, so values beyond are the empty promise of a small file. */
const MOST_VALUES_PER_BYTE = 1032;
const SMALL_BYTES = 1 << 24;

export interface ChunkedDataset extends ChunkedShape {
  readonly itemBytes: number;
  readonly index: ChunkIndexPlace;
  readonly pipeline: FilterPipeline | undefined;
  readonly hasPlainEdges: boolean;
  /** One element, as which chunks read that were never written. */
  readonly fill: Uint8Array;
}

/** Where a dataset's chunks are read, and where its index is. */
export interface ChunkFile {
  readonly values: ByteSource;
  /** The same file, of which headers may not be followed without end. */
  readonly headers: ByteSource;
}

/**
 * The elements of a dataset, chunk after chunk, each cut off at the ends of the array.
 *
 * The index is read with the first bytes, and one chunk is held: bytes in order unpack every chunk
 * once.
 *
 * @throws {Hdf5Fault} On reading, where index or chunks are damaged.
 */
export function chunkedBytes(file: ChunkFile, dataset: ChunkedDataset): ByteSource {
  const { shape, chunk, itemBytes, chunkBytes, pipeline } = dataset;
  const sizeBytes = shape.reduce((product, side) => product * side, itemBytes);
  let table: Promise<ChunkTable> | undefined;
  let held: { readonly offset: number; readonly bytes: Promise<Uint8Array> } | undefined;

  const indexed = async (): Promise<ChunkTable> => {
    const found = await readChunkIndex(file.headers, dataset.index, dataset);
    const most = MOST_VALUES_PER_BYTE * file.values.sizeBytes + SMALL_BYTES;
    if (sizeBytes > most) throw new Hdf5Fault(`its ${sizeBytes} bytes cannot be in this file`);
    return found;
  };

  async function placeOf(tile: Tile): Promise<ChunkPlace | undefined> {
    table ??= indexed();
    return (await table).at(
      tile.start.map((start, axis) => Math.floor(start / (chunk[axis] ?? 1))),
    );
  }

  async function tileBytes(tile: Tile): Promise<Uint8Array> {
    const place = await placeOf(tile);
    const out = new Uint8Array(tile.size.reduce((product, side) => product * side, itemBytes));
    if (place === undefined) return filled(out, dataset.fill);
    if (chunkBytes > LARGEST_CHUNK_BYTES) {
      throw new Hdf5Fault(`its chunks of ${chunkBytes} bytes are too large to be unpacked here`);
    }
    const whole = await unpacked(place, isCut(tile));
    if (!isCut(tile)) return whole;
    const start = chunk.map(() => 0);
    const to = { bytes: out, shape: tile.size, start };
    copyBox({ bytes: whole, shape: chunk, start }, to, tile.size, itemBytes);
    return out;
  }

  async function unpacked(place: ChunkPlace, isEdge: boolean): Promise<Uint8Array> {
    const { address, sizeBytes: storedBytes, filterMask } = place;
    // Beyond it no filter can have left so much, and nothing is read for it.
    if (storedBytes > 2 * chunkBytes + SMALL_BYTES) {
      throw new Hdf5Fault(`a chunk of it claims ${storedBytes} bytes for ${chunkBytes}`);
    }
    const stored = await file.values.read(address, address + storedBytes);
    if (pipeline !== undefined && !(isEdge && dataset.hasPlainEdges)) {
      return pipeline.undo(stored, chunkBytes, filterMask);
    }
    if (stored.length >= chunkBytes) return stored.subarray(0, chunkBytes);
    throw new Hdf5Fault(`a chunk of it has ${stored.length} bytes in place of ${chunkBytes}`);
  }

  function isCut({ size }: Tile): boolean {
    return size.some((side, axis) => side !== chunk[axis]);
  }

  /** Bytes of a tile from `skip` on, at most `most`; what is stored as it is need not be held. */
  async function piece(tile: Tile, skip: number, most: number): Promise<Uint8Array> {
    if (pipeline === undefined && !isCut(tile)) {
      const place = await placeOf(tile);
      if (place !== undefined) {
        const start = place.address + skip;
        return file.values.read(start, Math.min(start + most, place.address + chunkBytes));
      }
    }
    if (held?.offset !== tile.offset) held = { offset: tile.offset, bytes: tileBytes(tile) };
    return (await held.bytes).subarray(skip, skip + most);
  }

  return {
    sizeBytes,
    async read(from, to) {
      const wanted = new Uint8Array(Math.max(0, Math.min(to, sizeBytes) - from));
      for (let at = 0; at < wanted.length; ) {
        const tile = tileOfElement(shape, chunk, Math.floor((from + at) / itemBytes));
        const found = await piece(tile, from + at - tile.offset * itemBytes, wanted.length - at);
        if (found.length === 0) throw new Hdf5Fault("truncated: a chunk of it ends early");
        wanted.set(found, at);
        at += found.length;
      }
      return wanted;
    },
  };
}

function filled(out: Uint8Array, fill: Uint8Array): Uint8Array {
  for (let at = 0; at < out.length; at += fill.length) out.set(fill, at);
  return out;
}
