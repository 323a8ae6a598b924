import { instantiateKernels, type Kernel } from "../../../../core/wasm/instantiate-kernels.ts";
import { KERNELS_BASE64 } from "./kernels.generated.ts";

/** Bytes of WebAssembly's pages, and the most of them that 32-bit addresses reach. */
const PAGE_BYTES = 65_536;
const MOST_PAGES = 65_536;
/** Start of a cache line. */
const ALIGNMENT = 64;

/** A place in the kernels' memory, in bytes. */
export type Address = number;

const NAMES = [
  "heapStart",
  "packPanels",
  "gramPanels",
  "mirror",
  "leaveOut",
  "descendGram",
  "sweepGram",
  "joinFailing",
  "classPass",
  "extrapolate",
  "quadraticForms",
  "descendGroups",
  "descendRows",
  "tridiagonalize",
  "reflectRows",
  "rotateRows",
  "packAcross",
  "multiplyPanels",
  "implicitQl",
  "addScaled",
  "dot",
] as const;

/**
 * The compiled kernels of `assembly/` with a memory of their own, given out in order and taken back
 * all at once by `reset`.
 *
 * A view is good until the next allocation: allocate first, then look.
 */
export interface Kernels extends Readonly<Record<(typeof NAMES)[number], Kernel>> {
  /** Zeroed. @throws {RangeError} If more than 4 GiB would be needed. */
  allocate(bytes: number): Address;
  /** Zeroed room for `length` numbers of 64 bits. */
  numbers(length: number): Address;
  floats(address: Address, length: number): Float64Array;
  integers(address: Address, length: number): Int32Array;
  bytes(address: Address, length: number): Uint8Array;
  reset(): void;
}

/** A new instance; the module is compiled once a thread. */
export function createKernels(): Kernels {
  const { memory, kernels: bound } = instantiateKernels(KERNELS_BASE64, NAMES);
  const first = Math.ceil(bound.heapStart() / ALIGNMENT) * ALIGNMENT;
  let top = first;

  const allocate = (bytes: number): Address => {
    const start = top;
    top += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    const pages = Math.ceil(top / PAGE_BYTES);
    const held = memory.buffer.byteLength / PAGE_BYTES;
    if (pages > MOST_PAGES) {
      throw new RangeError(`Cannot hold ${(top / 2 ** 30).toFixed(1)} GiB; the solver has 4 GiB`);
    }
    if (pages > held) memory.grow(pages - held);
    new Uint8Array(memory.buffer, start, bytes).fill(0);
    return start;
  };
  return {
    ...bound,
    allocate,
    numbers: (length) => allocate(length * 8),
    floats: (address, length) => new Float64Array(memory.buffer, address, length),
    integers: (address, length) => new Int32Array(memory.buffer, address, length),
    bytes: (address, length) => new Uint8Array(memory.buffer, address, length),
    reset: () => {
      top = first;
    },
  };
}
