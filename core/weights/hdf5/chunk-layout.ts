import { type Cursor, Hdf5Fault } from "./cursor.ts";

/** How the chunks of a dataset are found. */
export interface ChunkIndexPlace {
  readonly kind: "tree-v1" | "single" | "implicit" | "fixed-array" | "extensible-array" | "tree-v2";
  readonly address: number;
  /** Of the one chunk, where it went through filters. */
  readonly sizeBytes?: number;
  readonly filterMask: number;
}

export interface ChunkLayout {
  /** Sides of a chunk, in elements. */
  readonly chunk: readonly number[];
  readonly index: ChunkIndexPlace;
  /** Chunks that reach over the ends of the array are stored without filters. */
  readonly hasPlainEdges: boolean;
}

const KINDS = ["single", "implicit", "fixed-array", "extensible-array", "tree-v2"] as const;
/** Bytes of what the kinds say about themselves before the address. */
const PARAMETER_BYTES = { implicit: 0, "fixed-array": 1, "extensible-array": 5, "tree-v2": 6 };
const [PLAIN_EDGES, SINGLE_FILTERED] = [1, 2] as const;

/** The rest of a message of a chunked layout, of version 3 to 5. @throws {Hdf5Fault} If it is damaged. */
export function chunkLayout(layout: Cursor, version: number): ChunkLayout {
  const flags = version === 3 ? 0 : layout.unsigned(1);
  const sides = layout.unsigned(1);
  if (version === 3) {
    const address = layout.address();
    const chunk = sidesOf(layout, sides, 4);
    return { chunk, index: { kind: "tree-v1", address, filterMask: 0 }, hasPlainEdges: false };
  }
  const chunk = sidesOf(layout, sides, layout.unsigned(1));
  const number = layout.unsigned(1);
  const kind = KINDS[number - 1];
  if (kind === undefined) throw new Hdf5Fault(`its chunks are found in a way ${number} not known`);
  const hasPlainEdges = (flags & PLAIN_EDGES) !== 0;
  if (kind === "single") {
    const isFiltered = (flags & SINGLE_FILTERED) !== 0;
    const [sizeBytes, filterMask] = isFiltered ? [layout.address(), layout.unsigned(4)] : [];
    const size = sizeBytes === undefined ? {} : { sizeBytes };
    const index = { kind, address: layout.address(), filterMask: filterMask ?? 0, ...size };
    return { chunk, index, hasPlainEdges };
  }
  layout.skip(PARAMETER_BYTES[kind]);
  return { chunk, index: { kind, address: layout.address(), filterMask: 0 }, hasPlainEdges };
}

/** The last side is the bytes of an element. */
function sidesOf(layout: Cursor, count: number, bytes: number): number[] {
  const chunk = Array.from({ length: count }, () => layout.unsigned(bytes)).slice(0, -1);
  if (chunk.some((side) => side === 0)) throw new Hdf5Fault("its chunks have no size");
  return chunk;
}
