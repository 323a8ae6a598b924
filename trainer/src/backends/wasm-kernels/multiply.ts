import { BatchMatMul, type TensorInfo } from "@tensorflow/tfjs-core";
import { runKernel } from "./run-kernel.ts";

/** left · right as a new tensor, for matrices [rows, inner] and [inner, columns] on the wasm heap. */
export function multiply(backend: object, left: TensorInfo, right: TensorInfo): TensorInfo {
  const attrs = { transposeA: false, transposeB: false };
  return runKernel(BatchMatMul, backend, { a: left, b: right }, attrs);
}
