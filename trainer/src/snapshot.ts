import type { NamedTensor } from "../../core/formats/safetensors.ts";
import { layerStatistics } from "../../core/measures/layer-statistics.ts";
import type { Matrix } from "../../core/measures/matrix.ts";
import type { ItemLine, LayerLine } from "../../core/protocol/run-files.ts";
import type { Dataset } from "./dataset.ts";
import type { Parameter } from "./parameters.ts";
import type { Moment, Values } from "./procedure.ts";
import type { RunWriter } from "./run/run-writer.ts";

/** A trained tensor as it is written. */
export interface WeightTensor {
  readonly name: string;
  readonly kind: Parameter["kind"];
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
  /** Penalties that fall on it, for people; empty when none does. */
  readonly penalty: string;
}

/**
 * Writes the weights and what there is to say about each tensor.
 *
 * Gives `weights/<layer>/l1`, `l2`, `zero_fraction` (0..1) for every weight tensor, and
 * `weights/all/…` for all of them together.
 */
export function writeWeights(
  writer: RunWriter,
  moment: Moment,
  tensors: readonly WeightTensor[],
): Values {
  const layers: LayerLine[] = [];
  const values: Record<string, number> = {};
  const all = { count: 0, zeros: 0, l1: 0, squares: 0 };
  for (const tensor of tensors) {
    const layer = layerLine(moment, tensor);
    layers.push(layer);
    if (tensor.kind !== "weight") continue;
    const at = `weights/${tensor.name}`;
    values[`${at}/l1`] = layer.l1;
    values[`${at}/l2`] = layer.l2;
    values[`${at}/zero_fraction`] = layer.zeros / layer.count;
    all.count += layer.count;
    all.zeros += layer.zeros;
    all.l1 += layer.l1;
    all.squares += layer.l2 ** 2;
  }
  writer.weights(moment.step, tensors.map(namedTensor), layers);
  return {
    ...values,
    "weights/all/l1": all.l1,
    "weights/all/l2": Math.sqrt(all.squares),
    "weights/all/zero_fraction": all.zeros / all.count,
  };
}

function namedTensor({ name, shape, data }: WeightTensor): NamedTensor {
  return data instanceof Float64Array
    ? { name, dtype: "F64", shape, data }
    : { name, dtype: "F32", shape, data };
}

function layerLine(
  { step, epoch }: Moment,
  { name: layer, shape, data, penalty }: WeightTensor,
): LayerLine {
  const { nonFinite, maxAbs, deadUnits, units, spectrum, ...statistics } = layerStatistics(
    data,
    shape,
  );
  return {
    step,
    epoch,
    layer,
    shape,
    count: statistics.count,
    zeros: statistics.zeros,
    near_zeros: statistics.nearZeros,
    non_finite: nonFinite,
    l1: statistics.l1,
    l2: statistics.l2,
    max_abs: maxAbs,
    ...(deadUnits === undefined ? {} : { dead_units: deadUnits }),
    ...(units === undefined ? {} : { units }),
    penalty,
    histogram: statistics.histogram,
    ...(spectrum === undefined ? {} : { spectrum }),
  };
}

/** One tensor per modality, [rows, dimension]. */
export function writeEmbeddings(
  writer: RunWriter,
  step: number,
  embeddings: ReadonlyMap<string, Matrix>,
): void {
  writer.embeddings(
    step,
    [...embeddings].map(([name, { rows, columns, data }]) => ({
      name,
      dtype: "F32",
      shape: [rows, columns],
      data: Float32Array.from(data),
    })),
  );
}

/** What the rows of the embeddings stand for: `rows` are rows of `dataset`. */
export function writeItems(writer: RunWriter, dataset: Dataset, rows: Int32Array): void {
  const items = Array.from(
    rows,
    (row, index): ItemLine => ({
      row: index,
      label: dataset.classes[dataset.labels[row] ?? 0] ?? "",
      caption: dataset.captions[row] ?? "",
      ...(dataset.thumbnails === undefined ? {} : { thumbnail: index }),
      missing: dataset.modalities
        .filter(({ present }) => present[row] === 0)
        .map(({ name }) => name),
    }),
  );
  writer.items(items, thumbnailTensor(dataset, rows));
}

function thumbnailTensor(dataset: Dataset, rows: Int32Array): NamedTensor | undefined {
  if (dataset.thumbnails === undefined) return undefined;
  const { width, height, rgb } = dataset.thumbnails;
  const size = width * height * 3;
  const data = new Uint8Array(rows.length * size);
  rows.forEach((row, index) => {
    data.set(rgb.subarray(row * size, (row + 1) * size), index * size);
  });
  return { name: "image", dtype: "U8", shape: [rows.length, height, width, 3], data };
}
