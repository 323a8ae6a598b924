import { valueProblem } from "../value-fault.ts";
import { elementsOf, type StoredTensor, WEIGHT_DTYPES } from "../weight-file.ts";
import type { ScanKernels } from "./kernels.ts";
import { scanTensor, type TensorStatistics } from "./scan-tensor.ts";

/** A tensor and what its values are like. */
export interface ScannedTensor extends TensorStatistics {
  readonly name: string;
  readonly dtype: StoredTensor["dtype"];
  readonly shape: readonly number[];
}

/** A tensor whose values could not be read to their end. */
export interface UnreadTensor {
  readonly name: string;
  readonly problem: string;
}

export interface FileScanWatch {
  /** An `AbortSignal`. */
  readonly signal: { throwIfAborted(): void };
  /** Called with the share of all bytes that are read, 0 to 1. */
  readonly onShare?: (share: number) => void;
}

/** Scans tensors one after the other, in their order. Throws what reading throws, and `signal.reason`. */
export async function* scanFile(
  kernels: ScanKernels,
  tensors: readonly StoredTensor[],
  { signal, onShare }: FileScanWatch,
): AsyncGenerator<ScannedTensor | UnreadTensor> {
  const total = tensors.reduce((sum, tensor) => sum + bytesOf(tensor), 0);
  let read = 0;
  const onBytes = (bytes: number) => {
    read += bytes;
    onShare?.(read / total);
  };
  for (const tensor of tensors) {
    const { name, dtype, shape } = tensor;
    signal.throwIfAborted();
    try {
      yield { name, dtype, shape, ...(await scanTensor(kernels, tensor, { signal, onBytes })) };
    } catch (error) {
      yield { name, problem: valueProblem(error) };
    }
  }
}

function bytesOf({ shape, dtype }: StoredTensor): number {
  return elementsOf(shape) * WEIGHT_DTYPES[dtype];
}
