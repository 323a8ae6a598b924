import { columnNorms } from "../measures/column-norms.ts";
import { magnitudeQuantile } from "../measures/magnitude-quantile.ts";
import type { WeightMatrix } from "../protocol/panel/weights.ts";
import { tensorValues } from "../weights/tensor-values.ts";
import { elementsOf } from "../weights/weight-file.ts";
import type { RunFileSystem } from "./run-file-system.ts";
import { openWeightSnapshot, tensorOf } from "./weight-snapshot.ts";

const MAX_VALUES = 4_000_000;
/** The few values beyond it share the strongest colour, so that one of them does not pale the rest. */
const SCALE_QUANTILE = 0.98;

/** Where the values of a tensor are to be read. */
export interface TensorPlace {
  readonly folder: string;
  readonly step: number;
  readonly layer: string;
}

interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/**
 * The values of one tensor of a weight snapshot, of which only the header and that tensor are read;
 * a text says why there are none.
 */
export async function readWeightMatrix(
  files: RunFileSystem,
  place: TensorPlace,
): Promise<WeightMatrix | string> {
  const tensor = await readTensor(files, place);
  return typeof tensor === "string" ? tensor : matrixOf(place, tensor);
}

/** The values of one tensor less those of another of the same shape. */
export async function readDifferenceMatrix(
  files: RunFileSystem,
  place: TensorPlace,
  minus: TensorPlace & { readonly key: string },
): Promise<WeightMatrix | string> {
  const ours = await readTensor(files, place);
  if (typeof ours === "string") return ours;
  const theirs = await readTensor(files, minus);
  if (typeof theirs === "string") return `Of the other run, ${theirs}`;
  if (ours.shape.join() !== theirs.shape.join()) {
    return `"${place.layer}" is ${shapeText(ours)} here and ${shapeText(theirs)} there`;
  }
  const data = Float64Array.from(ours.data, (value, index) => value - (theirs.data[index] ?? 0));
  const matrix = matrixOf(place, { shape: ours.shape, data });
  return { ...matrix, minus: { other: minus.key, step: minus.step } };
}

function shapeText({ shape }: Tensor): string {
  return shape.join(" × ");
}

async function readTensor(
  files: RunFileSystem,
  { folder, step, layer }: TensorPlace,
): Promise<Tensor | string> {
  const snapshot = await openWeightSnapshot(files, folder, step);
  if (typeof snapshot === "string") return snapshot;
  const tensor = tensorOf(snapshot, layer);
  if (typeof tensor === "string") return tensor;
  const { shape, bytes } = tensor;
  const count = elementsOf(shape);
  if (shape.length < 2 || count === 0) return `"${layer}" is no matrix`;
  if (!(count <= MAX_VALUES)) {
    return `"${layer}" has ${count} values; more than ${MAX_VALUES} are not drawn`;
  }
  const found = await bytes.read(0, bytes.sizeBytes);
  if (found.length < bytes.sizeBytes) return `${snapshot.name} was cut while it was read`;
  return { shape, data: tensorValues(tensor, found) };
}

function matrixOf({ layer, step }: TensorPlace, { shape, data }: Tensor): WeightMatrix {
  const outputs = shape.at(-1) ?? 0;
  const inputs = data.length / outputs;
  return {
    layer,
    step,
    inputs,
    outputs,
    values: Float32Array.from(data),
    norms: columnNorms({ rows: inputs, columns: outputs, data }),
    scale: magnitudeQuantile(data, SCALE_QUANTILE),
  };
}
