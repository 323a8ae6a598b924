import type { DataStorage, KernelBackend, Tensor } from "@tensorflow/tfjs-core";
import type { TFEOpAttr, TFJSBinding } from "@tensorflow/tfjs-node/dist/tfjs_binding";

/** What is used of the backend of @tensorflow/tfjs-node, which declares the most of it as private. */
export interface TensorflowBackend extends KernelBackend {
  /** The native library; all operations go through it. */
  binding: TFJSBinding;
  isUsingGpuDevice: boolean;
  /** By tfjs's data: the library's number of the tensor, below 0 where it has none. */
  tensorMap: DataStorage<{ id: number; readonly refCount: number }>;
  executeSingleOutput(name: string, attributes: TFEOpAttr[], inputs: Tensor[]): Tensor;
  /** The library's numbers of tensors; those that are still JavaScript's are handed over. */
  getInputTensorIds(tensors: Tensor[]): number[];
  /** A tensor of the library as one of tfjs. */
  createOutputTensor(made: ReturnType<TFJSBinding["executeOp"]>[number]): Tensor;
}
