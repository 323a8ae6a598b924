import {
  AddN,
  getKernel,
  type KernelBackend,
  type KernelFunc,
  type NamedTensorInfoMap,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from "@tensorflow/tfjs-core";

/** Every device has buffers for seven terms beside the sum; WebGPU promises eight a shader. */
const TERMS = 7;

/**
 * Replaces the webgpu backend's sum of many tensors, which binds all of them to one shader.
 *
 * With more than seven the device refuses that shader and the sum stays zero, without an exception;
 * gradients of a weight that is used at many time steps are such sums.
 */
export function registerAddN(backend: KernelBackend): void {
  const original = getKernel(AddN, "webgpu");
  if (original === undefined) throw new Error("The webgpu backend has no kernel AddN");
  unregisterKernel(AddN, "webgpu");
  registerKernel({
    kernelName: AddN,
    backendName: "webgpu",
    kernelFunc: ({ inputs }) => addAll(Object.values(inputs), original.kernelFunc, backend),
  });
}

/** Left to right, seven at a time: the sum so far and up to six more. */
function addAll(
  terms: readonly (TensorInfo | undefined)[],
  addFew: KernelFunc,
  backend: KernelBackend,
): TensorInfo {
  let sum = addSome(terms.slice(0, TERMS), addFew, backend);
  for (let at = TERMS; at < terms.length; at += TERMS - 1) {
    const next = addSome([sum, ...terms.slice(at, at + TERMS - 1)], addFew, backend);
    backend.disposeData(sum.dataId);
    sum = next;
  }
  return sum;
}

function addSome(
  terms: readonly (TensorInfo | undefined)[],
  addFew: KernelFunc,
  backend: KernelBackend,
): TensorInfo {
  const names: NamedTensorInfoMap = {};
  const sum = addFew({ inputs: Object.assign([...terms], names), backend });
  if (Array.isArray(sum)) throw new TypeError("AddN gave several tensors, not one");
  return sum;
}
