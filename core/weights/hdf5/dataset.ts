import { type ByteSource, sliceOf, sourceOf } from "../../formats/byte-source.ts";
import { swappedBytes } from "../../formats/swapped-bytes.ts";
import type { Inflate } from "../../formats/zip-members.ts";
import { elementsOf, WEIGHT_DTYPES, type WeightDtype } from "../weight-file.ts";
import { chunkLayout } from "./chunk-layout.ts";
import { type ChunkFile, chunkedBytes } from "./chunked-bytes.ts";
import { type Cursor, UNDEFINED_ADDRESS } from "./cursor.ts";
import { readDatatype } from "./datatype.ts";
import { filterPipeline } from "./filters.ts";
import type { HeaderMessage } from "./object-header.ts";

const [DATASPACE, DATATYPE, OLD_FILL, FILL, EXTERNAL, LAYOUT, FILTERS] = [1, 3, 4, 5, 7, 8, 11];
const [COMPACT, CONTIGUOUS, CHUNKED] = [0, 1, 2];

export interface Hdf5Dataset {
  readonly dtype: WeightDtype;
  readonly shape: readonly number[];
  readonly bytes: ByteSource;
  /** Sides of the chunks that it is stored in. */
  readonly tile?: readonly number[];
}

export interface Hdf5File extends ChunkFile {
  readonly inflate: Inflate;
}

interface Problem {
  readonly problem: string;
}

/**
 * The dataset that a header describes; `undefined` of what is none. A problem says why it is not read.
 *
 * @throws {Hdf5Fault} If the header is damaged.
 */
export function readDataset(
  file: Hdf5File,
  messages: readonly HeaderMessage[],
): Hdf5Dataset | Problem | undefined {
  const body = (wanted: number | undefined) =>
    messages.find(({ type, isShared }) => type === wanted && !isShared)?.body;
  const [space, type, layout] = [body(DATASPACE), body(DATATYPE), body(LAYOUT)];
  if (space === undefined || layout === undefined) return undefined;
  if (type === undefined) return { problem: "its type is a named one, which is not read here" };
  if (body(EXTERNAL) !== undefined) return { problem: "its values are in other files" };
  const { shape, maxShape } = dataspace(space);
  const stored = readDatatype(type);
  if ("problem" in stored) return stored;
  const { dtype, isBigEndian } = stored;
  const itemBytes = WEIGHT_DTYPES[dtype];
  const needed = elementsOf(shape) * itemBytes;
  if (Number.isNaN(needed)) return { problem: `its shape [${shape.join(", ")}] is not possible` };
  const filters = body(FILTERS);
  const fill = fillValue(body(FILL), body(OLD_FILL), itemBytes);
  const values = valuesOf(file, layout, { shape, maxShape, itemBytes, needed, filters, fill });
  if ("problem" in values) return values;
  const { bytes, tile } = values;
  return {
    dtype,
    shape,
    bytes: isBigEndian ? swappedBytes(bytes, itemBytes) : bytes,
    ...(tile === undefined ? {} : { tile }),
  };
}

function dataspace(space: Cursor): { readonly shape: number[]; readonly maxShape: number[] } {
  const version = space.unsigned(1);
  const rank = space.unsigned(1);
  const flags = space.unsigned(1);
  space.skip(version === 1 ? 5 : 1);
  const shape = Array.from({ length: rank }, () => space.address());
  return { shape, maxShape: flags & 1 ? shape.map(() => space.address()) : shape };
}

/** One element, as which values read that were never written; zero where none is stated. */
function fillValue(
  fill: Cursor | undefined,
  oldFill: Cursor | undefined,
  itemBytes: number,
): Uint8Array {
  const zero = new Uint8Array(itemBytes);
  let isStated = oldFill !== undefined;
  if (fill !== undefined) {
    const version = fill.unsigned(1);
    const flags = version === 3 ? fill.unsigned(1) : 0;
    if (version < 3) fill.skip(2);
    isStated = version === 3 ? (flags & 0x20) !== 0 : fill.unsigned(1) !== 0 || version === 1;
  }
  const value = fill ?? oldFill;
  if (!isStated || value === undefined) return zero;
  return value.unsigned(4) === itemBytes ? value.bytes(itemBytes) : zero;
}

interface StoredArray {
  readonly shape: readonly number[];
  readonly maxShape: readonly number[];
  readonly itemBytes: number;
  readonly needed: number;
  readonly filters: Cursor | undefined;
  readonly fill: Uint8Array;
}

function valuesOf(
  file: Hdf5File,
  layout: Cursor,
  array: StoredArray,
): { readonly bytes: ByteSource; readonly tile?: readonly number[] } | Problem {
  const { needed } = array;
  const version = layout.unsigned(1);
  if (version < 3) return { problem: "it was written by HDF5 before 1.6.3; save it again" };
  if (version > 5) return { problem: `its layout is of version ${version}; read are 3 to 5` };
  const kind = layout.unsigned(1);
  if (kind === COMPACT) {
    const bytes = layout.bytes(layout.unsigned(2));
    return bytes.length < needed
      ? { problem: `truncated: ${bytes.length} of ${needed} bytes are there` }
      : { bytes: sourceOf(bytes) };
  }
  if (kind === CHUNKED) return chunkedValues(file, layout, { ...array, version });
  if (kind !== CONTIGUOUS) return { problem: "it is put together of other datasets" };
  const address = layout.address();
  // What was never written has no place and reads as zeros; nobody saves weights so.
  if (address === UNDEFINED_ADDRESS) {
    return needed === 0
      ? { bytes: sourceOf(new Uint8Array(0)) }
      : { problem: "its values were never written" };
  }
  return address + needed <= file.values.sizeBytes
    ? { bytes: sliceOf(file.values, address, address + needed) }
    : { problem: `truncated: its values should end at byte ${address + needed}` };
}

function chunkedValues(
  file: Hdf5File,
  layout: Cursor,
  { version, filters, ...array }: StoredArray & { readonly version: number },
): { readonly bytes: ByteSource; readonly tile: readonly number[] } | Problem {
  const { chunk, index, hasPlainEdges } = chunkLayout(layout, version);
  if (chunk.length !== array.shape.length) return { problem: "its chunks have other axes than it" };
  const chunkBytes = elementsOf(chunk) * array.itemBytes;
  if (Number.isNaN(chunkBytes)) return { problem: "its chunks are larger than is possible" };
  const pipeline = filters === undefined ? undefined : filterPipeline(filters, file.inflate);
  if (pipeline !== undefined && "problem" in pipeline) return pipeline;
  const dataset = { ...array, chunk, index, hasPlainEdges, chunkBytes, pipeline };
  return { bytes: chunkedBytes(file, dataset), tile: chunk };
}
