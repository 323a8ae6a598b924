import { getKernel, type NamedAttrMap, type TensorInfo } from "@tensorflow/tfjs-core";

/** Runs another kernel of the wasm backend from within one, outside the gradient tape. */
export function runKernel(
  kernelName: string,
  backend: object,
  inputs: Readonly<Record<string, TensorInfo>>,
  attrs: NamedAttrMap,
): TensorInfo {
  const kernel = getKernel(kernelName, "wasm");
  if (kernel === undefined) throw new Error(`The wasm backend has no kernel ${kernelName}`);
  const result = kernel.kernelFunc({ inputs, backend, attrs });
  if (Array.isArray(result))
    throw new Error(`The kernel ${kernelName} gave several tensors, not one`);
  return result;
}
