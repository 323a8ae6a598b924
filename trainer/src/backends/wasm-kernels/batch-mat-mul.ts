import { BatchMatMul, type KernelFunc, type TensorInfo } from "@tensorflow/tfjs-core";
import { type Heap, openHeap } from "./heap.ts";
import { attributeOf, inputOf } from "./kernel-call.ts";
import { transposeMatrix } from "./transpose-matrix.ts";
import type { WasmKernel } from "./wasm-kernel.ts";

/**
 * A·B for matrices, either of them transposed on the way.
 *
 * tfjs sends only the product without a transpose through its fast path, and both gradients of a
 * product need one. Transposing first and multiplying then is about ten times as fast.
 */
export const batchMatMul: WasmKernel = {
  kernelName: BatchMatMul,
  create(original) {
    if (original === undefined) throw new Error("The wasm backend has no BatchMatMul to build on");
    return (call) => {
      const isTransposed =
        attributeOf(call.attrs, "transposeA") === true ||
        attributeOf(call.attrs, "transposeB") === true;
      const { a, b } = call.inputs;
      const isOneMatrixEach = a !== undefined && isMatrix(a) && b !== undefined && isMatrix(b);
      if (!isTransposed || !isOneMatrixEach) return original(call);
      return multiplyTransposed(original, call);
    };
  },
};

function multiplyTransposed(
  original: KernelFunc,
  call: Parameters<KernelFunc>[0],
): TensorInfo | TensorInfo[] {
  const heap = openHeap(call.backend);
  const a = inputOf(call.inputs, "a");
  const b = inputOf(call.inputs, "b");
  const left = attributeOf(call.attrs, "transposeA") === true ? transposed(heap, a) : a;
  const right = attributeOf(call.attrs, "transposeB") === true ? transposed(heap, b) : b;
  const product = original({
    inputs: { a: left, b: right },
    backend: call.backend,
    attrs: { transposeA: false, transposeB: false },
  });
  if (left !== a) heap.free(left);
  if (right !== b) heap.free(right);
  return product;
}

function transposed(heap: Heap, matrix: TensorInfo): TensorInfo {
  const [rows = 1, columns = 1] = matrix.shape.slice(-2);
  const leading = matrix.shape.slice(0, -2);
  const target = heap.allocate([...leading, columns, rows]);
  transposeMatrix(heap.floats(matrix), heap.floats(target), rows, columns);
  return target;
}

/** True for one float matrix, with or without leading dimensions of size 1. */
function isMatrix(tensor: TensorInfo): boolean {
  return tensor.dtype === "float32" && tensor.shape.slice(0, -2).every((size) => size === 1);
}
