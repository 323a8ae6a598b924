import { instantiateKernels, type Kernel } from "../../wasm/instantiate-kernels.ts";
import { KERNELS_BASE64 } from "./kernels.generated.ts";

/** Bytes of WebAssembly's pages, and the most of them that 32-bit addresses reach. */
const PAGE_BYTES = 65_536;
const MOST_PAGES = 65_536;
/** Start of a cache line. */
const ALIGNMENT = 64;

/** A place in the kernels' memory, in bytes. */
type Address = number;

const NAMES = [
  "heapStart",
  "findNeighbours",
  "countNearer",
  "moveEpoch",
  "addGram",
  "multiplyPanels",
] as const;

/**
 * The compiled kernels of `assembly/` with a memory of their own, given out in order.
 *
 * A view is good until the next allocation: allocate first, then look.
 */
export interface MeasureKernels extends Readonly<Record<(typeof NAMES)[number], Kernel>> {
  /** Zeroed room for so many words of 32 bits. @throws {RangeError} If more than 4 GiB is needed. */
  words(length: number): Address;
  integers(address: Address, length: number): Int32Array;
  bytes(address: Address, length: number): Uint8Array;
  shorts(address: Address, length: number): Int16Array;
  floats(address: Address, length: number): Float32Array;
  doubles(address: Address, length: number): Float64Array;
}

/** A new instance; the module is compiled once a thread. */
export function createMeasureKernels(): MeasureKernels {
  const { memory, kernels } = instantiateKernels(KERNELS_BASE64, NAMES);
  let top = Math.ceil(kernels.heapStart() / ALIGNMENT) * ALIGNMENT;
  return {
    ...kernels,
    words(length) {
      const address = top;
      const end = Math.ceil((top + 4 * length) / ALIGNMENT) * ALIGNMENT;
      const pages = Math.ceil((end - memory.buffer.byteLength) / PAGE_BYTES);
      if (end > MOST_PAGES * PAGE_BYTES) {
        throw new RangeError(`Cannot give out ${4 * length} bytes beyond ${top} in 4 GiB`);
      }
      if (pages > 0) memory.grow(pages);
      top = end;
      return address;
    },
    integers: (address, length) => new Int32Array(memory.buffer, address, length),
    bytes: (address, length) => new Uint8Array(memory.buffer, address, length),
    shorts: (address, length) => new Int16Array(memory.buffer, address, length),
    floats: (address, length) => new Float32Array(memory.buffer, address, length),
    doubles: (address, length) => new Float64Array(memory.buffer, address, length),
  };
}
