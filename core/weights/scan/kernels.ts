import { instantiateKernels } from "../../wasm/instantiate-kernels.ts";
import { KERNELS_BASE64 } from "./kernels.generated.ts";

/** Bytes of a file that are scanned at a time. */
export const CHUNK_BYTES = 1 << 22;
/** Room behind a chunk for the zeros that fill its last vector. */
const PADDING_BYTES = 16;
const SUMS_BYTES = 64;
/** The largest table: 65,536 counts of 32 bits. */
const TABLE_BYTES = 65_536 * 4;
const PAGE_BYTES = 65_536;
const ALIGNMENT = 64;

/** Kernels that add the values of a chunk to sums and bins. */
const ADDING = [
  "scanFloat32",
  "scanFloat64",
  "scanInt32",
  "scanUint32",
  "scanInt64",
  "scanUint64",
] as const;
export type AddingKernel = (typeof ADDING)[number];

/** Compiled kernels with two buffers for chunks: one is read into while the other is scanned. */
export interface ScanKernels {
  /** Room for a chunk. */
  readonly buffers: readonly [Uint8Array, Uint8Array];
  /** Σw, Σ|w|, Σw², max|w|, zeros, non-finite. */
  readonly sums: Float64Array;
  readonly table: Uint32Array;
  /** Adds `count` values of a buffer to `sums`, and to the two times 4,096 bins of `table`. */
  add(kernel: AddingKernel, buffer: 0 | 1, count: number): void;
  /** Counts patterns of 16 bits in 65,536 places of `table`, or of 8 bits in four times 256. */
  count(bits: 8 | 16, buffer: 0 | 1, count: number): void;
}

const NAMES = ["heapStart", "countPatterns8", "countPatterns16", ...ADDING] as const;

export function createScanKernels(): ScanKernels {
  const { memory, kernels } = instantiateKernels(KERNELS_BASE64, NAMES);
  const sums = Math.ceil(kernels.heapStart() / ALIGNMENT) * ALIGNMENT;
  const table = sums + SUMS_BYTES;
  const first = table + TABLE_BYTES;
  const second = first + CHUNK_BYTES + PADDING_BYTES;
  const end = second + CHUNK_BYTES + PADDING_BYTES;
  memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE_BYTES));
  const { buffer: bytes } = memory;
  const room = (start: number) => new Uint8Array(bytes, start, CHUNK_BYTES + PADDING_BYTES);
  const placeOf = (buffer: 0 | 1) => (buffer === 0 ? first : second);
  return {
    buffers: [room(first), room(second)],
    sums: new Float64Array(bytes, sums, 6),
    table: new Uint32Array(bytes, table, TABLE_BYTES / 4),
    add: (kernel, buffer, count) => void kernels[kernel](placeOf(buffer), count, sums, table),
    count: (bits, buffer, count) => {
      const kernel = bits === 8 ? kernels.countPatterns8 : kernels.countPatterns16;
      kernel(placeOf(buffer), count, table);
    },
  };
}
