import { UnsortedSegmentSum } from "@tensorflow/tfjs-core";
import { openHeap } from "./heap.ts";
import { attributeOf, inputOf } from "./kernel-call.ts";
import type { WasmKernel } from "./wasm-kernel.ts";

/**
 * out[s] = Σ x[i] over all i with segmentIds[i] = s: the gradient of gathering rows.
 *
 * Shapes: x [items, …], segmentIds [items] of int32, result [numSegments, …]. An id outside
 * [0, numSegments) is skipped, a segment without items is zero.
 */
export const unsortedSegmentSum: WasmKernel = {
  kernelName: UnsortedSegmentSum,
  create:
    () =>
    ({ inputs, backend, attrs }) => {
      const heap = openHeap(backend);
      const x = inputOf(inputs, "x");
      const segmentIds = inputOf(inputs, "segmentIds");
      const segments = Number(attributeOf(attrs, "numSegments"));
      const inner = x.shape.slice(1);
      const width = inner.reduce((product, size) => product * size, 1);
      const sums = heap.allocate([segments, ...inner], x.dtype);
      const [from, to] =
        x.dtype === "int32"
          ? [heap.integers(x), heap.integers(sums)]
          : [heap.floats(x), heap.floats(sums)];
      to.fill(0);
      heap.integers(segmentIds).forEach((segment, item) => {
        if (segment < 0 || segment >= segments) return;
        addRow(from.subarray(item * width, (item + 1) * width), to, segment * width);
      });
      return sums;
    },
};

function addRow(
  row: Float32Array | Int32Array,
  sums: Float32Array | Int32Array,
  start: number,
): void {
  for (let index = 0; index < row.length; index++) {
    sums[start + index] = (sums[start + index] ?? 0) + (row[index] ?? 0);
  }
}
