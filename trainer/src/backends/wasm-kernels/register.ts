import { getKernel, registerKernel, unregisterKernel } from "@tensorflow/tfjs-core";
import { batchMatMul } from "./batch-mat-mul.ts";
import { conv2dBackpropFilter } from "./conv2d-backprop-filter.ts";
import { conv2dBackpropInput } from "./conv2d-backprop-input.ts";
import { depthwiseBackpropFilter } from "./depthwise-backprop-filter.ts";
import { depthwiseBackpropInput } from "./depthwise-backprop-input.ts";
import { maxPoolGrad } from "./max-pool-grad.ts";
import { unsortedSegmentSum } from "./unsorted-segment-sum.ts";
import type { WasmKernel } from "./wasm-kernel.ts";

const KERNELS: readonly WasmKernel[] = [
  batchMatMul,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  maxPoolGrad,
  unsortedSegmentSum,
];

let isRegistered = false;

/**
 * Gives the wasm backend the kernels that training needs, once per process.
 *
 * Call it when the backend is initialised: the kernels that are kept behind ours are bound to the
 * wasm module at that moment.
 */
export function registerWasmKernels(): void {
  if (isRegistered) return;
  isRegistered = true;
  for (const { kernelName, create } of KERNELS) {
    const original = getKernel(kernelName, "wasm");
    if (original !== undefined) unregisterKernel(kernelName, "wasm");
    registerKernel({ kernelName, backendName: "wasm", kernelFunc: create(original?.kernelFunc) });
  }
}
