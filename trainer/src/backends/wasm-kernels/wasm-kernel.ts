import type { KernelFunc } from "@tensorflow/tfjs-core";

/** A kernel that the wasm backend lacks, or has in a form that is too slow to train with. */
export interface WasmKernel {
  readonly kernelName: string;
  /** `original` is the kernel of tfjs that is replaced, where there is one. */
  create(original: KernelFunc | undefined): KernelFunc;
}
