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

type Kernel = (...values: readonly number[]) => number;

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

let compiled: WebAssembly.Module | undefined;

/** A new instance; the module is compiled once a thread. */
export function createScanKernels(): ScanKernels {
  compiled ??= new WebAssembly.Module(
    Uint8Array.from(atob(KERNELS_BASE64), (letter) => letter.charCodeAt(0)),
  );
  const { exports } = new WebAssembly.Instance(compiled);
  const { memory } = exports;
  if (!isMemory(memory)) throw new TypeError("The kernels export no memory");
  const sums = Math.ceil(kernelOf(exports, "heapStart")() / ALIGNMENT) * ALIGNMENT;
  const table = sums + SUMS_BYTES;
  const places = [0, 1].map((index) => table + TABLE_BYTES + index * (CHUNK_BYTES + PADDING_BYTES));
  const end = table + TABLE_BYTES + 2 * (CHUNK_BYTES + PADDING_BYTES);
  memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE_BYTES));
  const { buffer: bytes } = memory;
  const room = (index: 0 | 1) => new Uint8Array(bytes, places[index], CHUNK_BYTES + PADDING_BYTES);
  const adding = new Map(ADDING.map((name) => [name, kernelOf(exports, name)]));
  const counting = new Map(
    [8, 16].map((bits) => [bits, kernelOf(exports, `countPatterns${bits}`)]),
  );
  return {
    buffers: [room(0), room(1)],
    sums: new Float64Array(bytes, sums, 6),
    table: new Uint32Array(bytes, table, TABLE_BYTES / 4),
    add: (kernel, buffer, count) => {
      adding.get(kernel)?.(places[buffer] ?? 0, count, sums, table);
    },
    count: (bits, buffer, count) => {
      counting.get(bits)?.(places[buffer] ?? 0, count, table);
    },
  };
}

function isMemory(value: unknown): value is WebAssembly.Memory {
  return typeof value === "object" && value !== null && "buffer" in value && "grow" in value;
}

/** The border to the module. */
function kernelOf(exports: Readonly<Record<string, unknown>>, name: string): Kernel {
  const kernel = exports[name];
  if (typeof kernel !== "function") throw new TypeError(`The kernels export no ${name}`);
  return kernel as Kernel;
}
