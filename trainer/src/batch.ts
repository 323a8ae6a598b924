import {
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tensor,
  tensor1d,
  tensor2d,
} from "@tensorflow/tfjs-core";
import type { Dataset } from "./dataset.ts";
import { elementCount } from "./element-count.ts";

/** Rows of a data set as tensors; whoever makes it disposes it, best by `tidy`. */
export interface Batch {
  readonly rows: number;
  /** By modality: [rows, ...shape], float32 or int32 as the data set has it. */
  readonly inputs: ReadonlyMap<string, Tensor>;
  /** By modality: [rows], 1 where the row has it. */
  readonly present: ReadonlyMap<string, Tensor1D>;
  /** By modality: [rows], 1 where the row has it and its loss may see the label. */
  readonly labelled: ReadonlyMap<string, Tensor1D>;
  /** Names of the classes, by their place in `target`. */
  readonly classes: readonly string[];
  /** One-hot [rows, classes], or the numbers to be predicted [rows, targets]. */
  readonly target: Tensor2D;
}

/**
 * The given rows of `dataset`, only the modalities in `names`.
 *
 * Rows up to `size` are filled with zeros and lack every modality, so no loss counts them.
 */
export function makeBatch(
  dataset: Dataset,
  rows: Int32Array,
  names: readonly string[],
  size = rows.length,
): Batch {
  const used = dataset.modalities.filter(({ name }) => names.includes(name));
  const present = new Map(
    used.map((modality) => [modality.name, tensor1d(flags(modality.present, rows, size))]),
  );
  return {
    rows: size,
    inputs: new Map(
      used.map(({ name, shape, data }) => [
        name,
        tensor(gatherRows(data, rows, size, shape), [size, ...shape]),
      ]),
    ),
    present,
    labelled: new Map(
      used.flatMap(({ name, present: there, labelled }) => {
        const known = present.get(name);
        if (known === undefined) return [];
        if (labelled === undefined) return [[name, known]];
        const both = flags(there, rows, size).map(
          (flag, index) => flag * (labelled[rows[index] ?? -1] ?? 0),
        );
        return [[name, tensor1d(both)]];
      }),
    ),
    classes: dataset.classes,
    target: targetOf(dataset, rows, size),
  };
}

function flags(of: Uint8Array, rows: Int32Array, size: number): Float32Array {
  return Float32Array.from({ length: size }, (_, index) => of[rows[index] ?? -1] ?? 0);
}

function targetOf({ targets, classes, labels }: Dataset, rows: Int32Array, size: number): Tensor2D {
  if (targets !== undefined) {
    const width = targets.names.length;
    return tensor2d(Float32Array.from(gatherRows(targets.data, rows, size, [width])), [
      size,
      width,
    ]);
  }
  const oneHot = new Float32Array(size * classes.length);
  rows.forEach((row, index) => {
    oneHot[index * classes.length + (labels[row] ?? 0)] = 1;
  });
  return tensor2d(oneHot, [size, classes.length]);
}

function gatherRows(
  data: Float32Array | Float64Array | Int32Array,
  rows: Int32Array,
  size: number,
  shape: readonly number[],
): Float32Array | Int32Array {
  const width = elementCount(shape);
  const length = size * width;
  const gathered = data instanceof Int32Array ? new Int32Array(length) : new Float32Array(length);
  rows.forEach((row, index) => {
    gathered.set(data.subarray(row * width, (row + 1) * width), index * width);
  });
  return gathered;
}
