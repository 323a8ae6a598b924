import { dispose, scalar, stack, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { Objective } from "../../core/experiment/experiment.ts";
import type { Matrix } from "../../core/measures/matrix.ts";
import { accuracy } from "./accuracy.ts";
import { alignmentMetrics } from "./alignment-metrics.ts";
import { makeBatch } from "./batch.ts";
import type { Dataset } from "./dataset.ts";
import type { Model } from "./model.ts";
import { dataLoss } from "./objective.ts";
import { readFloats } from "./read-floats.ts";

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
  /** Unit vectors by modality, [rows, dimension]; NaN where the row lacks it. */
  readonly embeddings: ReadonlyMap<string, Matrix>;
}

/** A modality of the part, filled in batch by batch. */
interface Collected {
  readonly name: string;
  readonly embedding: Float32Array;
  readonly logits: Float32Array;
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
  const { model, dataset, batchSize, penalty } = task;
  const collected = model.modalities.map((name) => emptyCollection(task, name, rows));
  const losses = { data_loss: 0, cross_entropy: 0, info_nce: 0 };
  for (let start = 0; start < rows.length; start += batchSize) {
    signal.throwIfAborted();
    const part = rows.subarray(start, start + batchSize);
    const batch = await measureBatch(task, part);
    const share = part.length / rows.length;
    losses.data_loss += batch.total * share;
    losses.cross_entropy += batch.crossEntropy * share;
    losses.info_nce += batch.infoNce * share;
    for (const { name, embedding, logits } of collected) {
      embedding.set(batch.embeddings.get(name) ?? [], start * model.dimension);
      logits.set(batch.logits.get(name) ?? [], start * dataset.classes.length);
    }
  }

  const labels = Int32Array.from(rows, (row) => dataset.labels[row] ?? 0);
  for (const one of collected) blankMissing(one, model.dimension);
  const embeddings = new Map<string, Matrix>(
    collected.map(({ name, embedding }) => [
      name,
      { rows: rows.length, columns: model.dimension, data: embedding },
    ]),
  );
  const { info_nce: infoNce, ...always } = losses;
  return {
    embeddings,
    values: {
      loss: losses.data_loss + penalty,
      ...always,
      ...(task.objective.alignment === undefined ? {} : { info_nce: infoNce }),
      penalty,
      accuracy: accuracy(collected, labels),
      ...Object.fromEntries(
        collected.map((one) => [`accuracy/${one.name}`, accuracy([one], labels)]),
      ),
      ...alignmentMetrics(embeddings),
    },
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
    embedding: new Float32Array(rows.length * model.dimension),
    logits: new Float32Array(rows.length * dataset.classes.length),
    present: Uint8Array.from(rows, (row) => modality?.present[row] ?? 0),
  };
}

async function measureBatch({ model, dataset, objective }: EvaluationTask, rows: Int32Array) {
  const tensors = tidy(() => {
    const batch = makeBatch(dataset, rows, model.modalities);
    const outputs = model.forward(batch);
    const { total, crossEntropy, infoNce } = dataLoss(outputs, batch, objective);
    return {
      losses: stack([total, crossEntropy, infoNce ?? scalar(0)]),
      embeddings: Object.fromEntries(
        [...outputs].map(([name, { embedding }]) => [name, embedding]),
      ),
      logits: Object.fromEntries([...outputs].map(([name, { logits }]) => [name, logits])),
    };
  });
  const readEach = async (named: Readonly<Record<string, Tensor>>) =>
    new Map(
      await Promise.all(
        Object.entries(named).map(async ([name, one]) => [name, await readFloats(one)] as const),
      ),
    );
  const [total = Number.NaN, crossEntropy = Number.NaN, infoNce = Number.NaN] = await readFloats(
    tensors.losses,
  );
  const embeddings = await readEach(tensors.embeddings);
  const logits = await readEach(tensors.logits);
  dispose(tensors);
  return { total, crossEntropy, infoNce, embeddings, logits };
}

function blankMissing({ embedding, present }: Collected, dimension: number): void {
  present.forEach((isThere, row) => {
    if (isThere === 0) embedding.fill(Number.NaN, row * dimension, (row + 1) * dimension);
  });
}
