import { type ByteSource, sliceOf } from "../../formats/byte-source.ts";
import { elementsOf } from "../weight-file.ts";

/** Which elements of a storage a tensor is: element i₀, i₁, … is the one at offset + Σ strideₖ·iₖ. */
export interface StorageView {
  readonly offset: number;
  readonly shape: readonly number[];
  /** In elements. */
  readonly strides: readonly number[];
}

/**
 * The bytes of a tensor within its storage.
 *
 * A tensor whose elements lie close together, in whatever order of axes, is a range of the storage and
 * keeps its strides. Of others the storage holds more than the tensor, or an element stands for
 * several; they are a problem.
 */
export function viewOfStorage(
  storage: ByteSource,
  { offset, shape, strides }: StorageView,
  itemBytes: number,
):
  | { readonly bytes: ByteSource; readonly strides?: readonly number[] }
  | { readonly problem: string } {
  const count = elementsOf(shape);
  if (Number.isNaN(count) || strides.length !== shape.length) {
    return { problem: `its shape [${shape.join(", ")}] is not possible` };
  }
  const [start, end] = [offset * itemBytes, (offset + count) * itemBytes];
  if (count > 0 && !isDense(shape, strides)) {
    return { problem: "it is a view with gaps or repeats; save its `.contiguous()` copy" };
  }
  if (!(end <= storage.sizeBytes)) {
    return { problem: `it needs ${end} bytes of a storage of ${storage.sizeBytes}` };
  }
  const bytes = sliceOf(storage, start, end);
  return isRowMajor(shape, strides) ? { bytes } : { bytes, strides };
}

/** Sorted by stride, every axis steps over exactly what the ones before it hold. */
function isDense(shape: readonly number[], strides: readonly number[]): boolean {
  const axes = shape
    .map((side, axis) => ({ side, stride: strides[axis] ?? 0 }))
    .filter(({ side }) => side > 1)
    .sort((a, b) => a.stride - b.stride);
  let held = 1;
  for (const { side, stride } of axes) {
    if (stride !== held) return false;
    held *= side;
  }
  return true;
}

function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  let held = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const side = shape[axis] ?? 1;
    if (side > 1 && strides[axis] !== held) return false;
    held *= side;
  }
  return true;
}
