import type { FileScanWatch } from "../scan/scan-file.ts";
import { valueProblem } from "../value-fault.ts";
import { elementsOf, type StoredTensor, WEIGHT_DTYPES } from "../weight-file.ts";
import type { DifferenceKernels } from "./difference-kernels.ts";
import { type TensorDifference, tensorDifference } from "./tensor-difference.ts";

/** What became of a tensor from file B to file A. */
export type ComparedTensor = { readonly name: string } & (
  | ({
      readonly change: "values";
      readonly shape: readonly number[];
      readonly dtype: string;
      /** Type in B. */
      readonly dtypeBefore: string;
    } & TensorDifference)
  | { readonly change: "added"; readonly shape: readonly number[] }
  /** Only in B. */
  | { readonly change: "missing"; readonly shapeBefore: readonly number[] }
  | {
      readonly change: "shape";
      readonly shape: readonly number[];
      readonly shapeBefore: readonly number[];
    }
  | { readonly change: "unread"; readonly problem: string }
);

/**
 * Compares the tensors of file A with those of the same names in file B, in the order of A; those that
 * only B has come last. Each pair is read once. Throws what reading throws, and `signal.reason`.
 */
export async function* compareFiles(
  kernels: DifferenceKernels,
  [a, b]: readonly [readonly StoredTensor[], readonly StoredTensor[]],
  { signal, onShare }: FileScanWatch,
): AsyncGenerator<ComparedTensor> {
  const before = new Map(b.map((tensor) => [tensor.name, tensor]));
  const pairs = a.map((tensor) => ({ tensor, base: before.get(tensor.name) }));
  for (const { name } of a) before.delete(name);
  const total = pairs.reduce((sum, { tensor, base }) => {
    return sum + (base !== undefined && hasSameShape(tensor, base) ? bytesOf(tensor, base) : 0);
  }, 0);
  let read = 0;
  const onBytes = (bytes: number) => {
    read += bytes;
    onShare?.(read / total);
  };
  for (const { tensor, base } of pairs) {
    signal.throwIfAborted();
    yield await compareOne(tensor, base, (both) =>
      tensorDifference(kernels, both, { signal, onBytes }),
    );
  }
  for (const { name, shape } of before.values()) {
    yield { name, change: "missing", shapeBefore: shape };
  }
}

async function compareOne(
  tensor: StoredTensor,
  base: StoredTensor | undefined,
  compare: (both: readonly [StoredTensor, StoredTensor]) => Promise<TensorDifference>,
): Promise<ComparedTensor> {
  const { name, shape, dtype } = tensor;
  if (base === undefined) return { name, change: "added", shape };
  if (!hasSameShape(tensor, base)) {
    return { name, change: "shape", shape, shapeBefore: base.shape };
  }
  try {
    const difference = await compare([tensor, base]);
    return { name, change: "values", shape, dtype, dtypeBefore: base.dtype, ...difference };
  } catch (error) {
    return { name, change: "unread", problem: valueProblem(error) };
  }
}

function hasSameShape(a: StoredTensor, b: StoredTensor): boolean {
  return a.shape.length === b.shape.length && a.shape.every((side, axis) => side === b.shape[axis]);
}

function bytesOf(a: StoredTensor, b: StoredTensor): number {
  return elementsOf(a.shape) * (WEIGHT_DTYPES[a.dtype] + WEIGHT_DTYPES[b.dtype]);
}
