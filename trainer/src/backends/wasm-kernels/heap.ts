import { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";

/** What a kernel works on: the tensors of the wasm heap. */
export interface Heap {
  /** The tensor's own memory. Any later allocation may detach it, so allocate first. */
  floats(tensor: TensorInfo): Float32Array;
  integers(tensor: TensorInfo): Int32Array;
  /** Memory of unspecified content. */
  allocate(shape: readonly number[], dtype?: DataType): TensorInfo;
  free(tensor: TensorInfo): void;
}

/** Opens the heap behind the backend that tfjs hands to a kernel. */
export function openHeap(backend: unknown): Heap {
  if (!(backend instanceof BackendWasm)) {
    throw new TypeError("Open the heap of the wasm backend, got another backend");
  }
  return {
    floats(tensor) {
      const view = backend.typedArrayFromHeap(tensor);
      if (view instanceof Float32Array) return view;
      throw new TypeError(`Read a float32 tensor, got ${tensor.dtype}`);
    },
    integers(tensor) {
      const view = backend.typedArrayFromHeap(tensor);
      if (view instanceof Int32Array) return view;
      throw new TypeError(`Read an int32 tensor, got ${tensor.dtype}`);
    },
    allocate: (shape, dtype = "float32") => backend.makeOutput([...shape], dtype),
    free: (tensor) => {
      backend.disposeData(tensor.dataId);
    },
  };
}

/** The same memory under another shape; it is freed with the tensor that it was made from. */
export function reshaped(tensor: TensorInfo, shape: readonly number[]): TensorInfo {
  return { dataId: tensor.dataId, shape: [...shape], dtype: tensor.dtype };
}
