import { instantiateKernels } from "../../wasm/instantiate-kernels.ts";
import { KERNELS_BASE64 } from "./kernels.generated.ts";

/** Pairs that are compared at a time. */
export const PAIRS = 1 << 18;
const SUMS = 9;
const ALIGNMENT = 64;
const PAGE_BYTES = 65_536;

/** The compiled kernel with room for the values of two tensors. */
export interface DifferenceKernels {
  /** Each has room for {@link PAIRS} values and one of padding. */
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** Σ(a−b)², Σa², Σb², Σab, max|a−b|, equal, zeros gained, zeros lost, non-finite. */
  readonly sums: Float64Array;
  /** Adds the first `count` pairs to `sums`. */
  add(count: number): void;
}

export function createDifferenceKernels(): DifferenceKernels {
  const { memory, kernels } = instantiateKernels(KERNELS_BASE64, ["heapStart", "addDifferences"]);
  const aligned = (address: number) => Math.ceil(address / ALIGNMENT) * ALIGNMENT;
  const sums = aligned(kernels.heapStart());
  const left = aligned(sums + 8 * SUMS);
  const right = aligned(left + 8 * (PAIRS + 1));
  const end = right + 8 * (PAIRS + 1);
  memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE_BYTES));
  const room = (start: number, count: number) => new Float64Array(memory.buffer, start, count);
  const values = [room(left, PAIRS + 1), room(right, PAIRS + 1)] as const;
  return {
    left: values[0],
    right: values[1],
    sums: room(sums, SUMS),
    add(count) {
      for (const side of values) side[count] = 0;
      kernels.addDifferences(left, right, count, sums);
    },
  };
}
