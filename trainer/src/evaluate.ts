import { dispose, stack, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { Objective } from "../../core/experiment/experiment.ts";
import type { Matrix } from "../../core/measures/matrix.ts";
import { accuracy } from "./accuracy.ts";
import { alignmentMetrics } from "./alignment-metrics.ts";
import { makeBatch } from "./batch.ts";
import { parentLogits } from "./class-hierarchy.ts";
import { classMetrics } from "./class-metrics.ts";
import type { Dataset } from "./dataset.ts";
import type { Model } from "./model.ts";
import { dataLoss } from "./objective.ts";
import { readFloats } from "./read-floats.ts";
import { regressionMetrics } from "./regression-metrics.ts";

export interface EvaluationTask {
  readonly model: Model;
  readonly dataset: Dataset;
  readonly objective: Objective;
  /** Rows in a batch; the contrastive loss depends on it, so it is the one of the training. */
  readonly batchSize: number;
  /** Value of all penalties, added to the loss. */
  readonly penalty: number;
}

export interface Evaluation {
  /** By metric name without the part: loss, data_loss, penalty, accuracy, recall@1/…, … */
  readonly values: Readonly<Record<string, number>>;
  /** By modality, [rows, dimension]; NaN where the row lacks it. */
  readonly embeddings: ReadonlyMap<string, Matrix>;
}

/** A modality of the part, filled in batch by batch. */
interface Collected {
  readonly name: string;
  /** Empty where the model does not embed. */
  readonly embedding: Float32Array;
  readonly output: Float32Array;
  readonly present: Uint8Array;
}

/**
 * Measures the model on `rows`, in that order.
 *
 * The data loss is the mean of the batches' losses, weighted by their rows. Rejects when `signal`
 * is aborted.
 */
export async function evaluate(
  task: EvaluationTask,
  rows: Int32Array,
  signal: AbortSignal,
): Promise<Evaluation> {
  const { model, batchSize, penalty } = task;
  const collected = model.modalities.map((name) => emptyCollection(task, name, rows));
  const { dimension = 0 } = model;
  const losses = new Map<string, number>([["data_loss", 0]]);
  for (let start = 0; start < rows.length; start += batchSize) {
    signal.throwIfAborted();
    const part = rows.subarray(start, start + batchSize);
    const batch = await measureBatch(task, part);
    const share = part.length / rows.length;
    for (const [name, value] of batch.losses) {
      losses.set(name, (losses.get(name) ?? 0) + value * share);
    }
    for (const { name, embedding, output } of collected) {
      embedding.set(batch.embeddings.get(name) ?? [], start * dimension);
      output.set(batch.outputs.get(name) ?? [], start * model.outputs);
    }
  }

  for (const one of collected) blankMissing(one, dimension);
  const embeddings = new Map<string, Matrix>(
    dimension === 0
      ? []
      : collected.map(({ name, embedding }) => [
          name,
          { rows: rows.length, columns: dimension, data: embedding },
        ]),
  );
  return {
    embeddings,
    values: {
      loss: (losses.get("data_loss") ?? 0) + penalty,
      ...Object.fromEntries(losses),
      penalty,
      ...taskMetrics(task, collected, rows),
      ...(embeddings.size === 0 ? {} : alignmentMetrics(embeddings)),
      ...model.measure?.(embeddings),
    },
  };
}

/** How well the outputs do what they are for, all modalities together and each by itself. */
function taskMetrics(
  { dataset, objective, model }: EvaluationTask,
  collected: readonly Collected[],
  rows: Int32Array,
): Readonly<Record<string, number>> {
  if (model.outputs === 0) return {};
  if (dataset.targets !== undefined) return regressionMetrics(collected, dataset.targets, rows);
  const labels = Int32Array.from(rows, (row) => dataset.labels[row] ?? 0);
  return {
    ...classMetrics(collected, labels),
    ...Object.fromEntries(
      collected.map((one) => [`accuracy/${one.name}`, accuracy([one], labels)]),
    ),
    ...coarseMetrics(dataset, objective, collected, labels),
  };
}

/** With a hierarchy: how well the parents of the classes are told apart. */
function coarseMetrics(
  { classes }: Dataset,
  { task }: Objective,
  collected: readonly Collected[],
  labels: Int32Array,
): Readonly<Record<string, number>> {
  if (task?.method !== "hierarchy") return {};
  const parents = classes.map((name) => task.parents[name] ?? name);
  const names = [...new Set(parents)];
  const coarse = collected.map((one) => ({ ...one, output: parentLogits(one.output, parents) }));
  const wanted = labels.map((label) => names.indexOf(parents[label] ?? ""));
  return {
    accuracy_coarse: accuracy(coarse, wanted),
    ...Object.fromEntries(
      coarse.map((one) => [`accuracy_coarse/${one.name}`, accuracy([one], wanted)]),
    ),
  };
}

function emptyCollection(
  { model, dataset }: EvaluationTask,
  name: string,
  rows: Int32Array,
): Collected {
  const modality = dataset.modalities.find((candidate) => candidate.name === name);
  return {
    name,
    embedding: new Float32Array(rows.length * (model.dimension ?? 0)),
    output: new Float32Array(rows.length * model.outputs),
    present: Uint8Array.from(rows, (row) => modality?.present[row] ?? 0),
  };
}

async function measureBatch({ model, dataset, objective }: EvaluationTask, rows: Int32Array) {
  const { names, ...tensors } = tidy(() => {
    const batch = makeBatch(dataset, rows, model.modalities);
    const outputs = model.forward(batch);
    const { total, parts } = dataLoss(outputs, batch, objective, model.logits);
    return {
      names: ["data_loss", ...Object.keys(parts)],
      losses: stack([total, ...Object.values(parts)]),
      embeddings: Object.fromEntries(
        [...outputs].flatMap(([name, { embedding }]) =>
          embedding === undefined ? [] : [[name, embedding]],
        ),
      ),
      outputs: Object.fromEntries([...outputs].map(([name, { output }]) => [name, output])),
    };
  });
  const readEach = async (named: Readonly<Record<string, Tensor>>) =>
    new Map(
      await Promise.all(
        Object.entries(named).map(async ([name, one]) => [name, await readFloats(one)] as const),
      ),
    );
  const losses = await readFloats(tensors.losses);
  const embeddings = await readEach(tensors.embeddings);
  const outputs = await readEach(tensors.outputs);
  dispose(tensors);
  return {
    losses: names.map((name, index) => [name, losses[index] ?? Number.NaN] as const),
    embeddings,
    outputs,
  };
}

function blankMissing({ embedding, present }: Collected, dimension: number): void {
  present.forEach((isThere, row) => {
    if (isThere === 0) embedding.fill(Number.NaN, row * dimension, (row + 1) * dimension);
  });
}
