import {
  add,
  addN,
  div,
  maximum,
  minimum,
  mul,
  type Scalar,
  scalar,
  sum,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from "@tensorflow/tfjs-core";
import type {
  Alignment,
  KnowledgeTransfer,
  Objective,
  Separation,
} from "../../core/experiment/experiment.ts";
import type { Batch } from "./batch.ts";
import { coarseCrossEntropy } from "./class-hierarchy.ts";
import { findById } from "./find-by-id.ts";
import type { LearnedLogits } from "./learned-logits.ts";
import { LOSSES } from "./losses.generated.ts";
import type { ModalityOutput } from "./model.ts";
import { PAIR_LOSSES } from "./pair-losses.generated.ts";
import { differenceLoss, reconstructionLoss } from "./separation-loss.ts";
import { TRANSFER_LOSSES } from "./transfer-losses.generated.ts";

/** The objective of a batch without its penalties. */
export interface DataLoss {
  /** loss + weight · alignment + weight · coarse task + weight · transfer + separation. */
  readonly total: Scalar;
  /** Its parts without their weights, by the name of the loss. */
  readonly parts: Readonly<Record<string, Scalar>>;
}

type Outputs = ReadonlyMap<string, ModalityOutput>;

interface Term {
  readonly name: string;
  readonly weight: number;
  readonly value: Scalar;
}

/**
 * mean_i mean_{k ∈ labelled(i)} loss_ik, plus each with its weight: the mean over pairs of modalities
 * of the alignment, the loss of the coarse task, the transfer from one modality to another, the separation's two. With
 * `loss: none` it is these others alone.
 *
 * `logits` are what the alignment learns. Samples that have none of the model's modalities take no part; 0 where no sample has any.
 */
export function dataLoss(
  outputs: Outputs,
  batch: Batch,
  objective: Objective,
  logits?: LearnedLogits,
): DataLoss {
  const { loss: id, alignment, task, transfer, separation } = objective;
  const terms: Term[] = [];
  if (id !== "none") {
    const { perRow } = findById(LOSSES, id);
    const value = meanOver(outputs, batch.labelled, (output) => perRow(output, batch.target));
    terms.push({ name: id, weight: 1, value });
  }
  if (alignment !== undefined) {
    const value = meanOf(pairLosses(outputs, batch, alignment, logits));
    terms.push({ name: alignment.loss, weight: alignment.weight, value });
  }
  if (task?.method === "hierarchy") {
    const parents = batch.classes.map((name) => task.parents[name] ?? name);
    const value = meanOver(outputs, batch.present, (output) =>
      coarseCrossEntropy(output, batch.target, parents),
    );
    terms.push({ name: "coarse_cross_entropy", weight: task.weight, value });
  }
  if (transfer !== undefined) {
    const value = transferLoss(outputs, batch, transfer);
    terms.push({ name: transfer.method, weight: transfer.weight, value });
  }
  if (separation !== undefined) terms.push(...separationTerms(outputs, batch, separation));
  const [first, ...rest] = terms.map(({ weight, value }) =>
    weight === 1 ? value : mul<Scalar>(value, weight),
  );
  return {
    total: rest.reduce<Scalar>((sum, value) => add(sum, value), first ?? scalar(0)),
    parts: Object.fromEntries(terms.map(({ name, value }) => [name, value])),
  };
}

/** mean_i mean_k of `perRow` over the modalities k that count for row i, by `counted` [rows]. */
function meanOver(
  outputs: Outputs,
  counted: ReadonlyMap<string, Tensor1D>,
  perRow: (output: Tensor2D) => Tensor1D,
): Scalar {
  const read = [...outputs].flatMap(([name, { output }]) => {
    const mask = counted.get(name);
    return mask === undefined ? [] : [{ mask, output }];
  });
  if (read.length === 0) return scalar(0);
  return tidy(() => {
    const losses = addN(read.map(({ mask, output }) => mul(perRow(output), mask)));
    const counts = addN(read.map(({ mask }) => mask));
    const rows = maximum(sum(minimum(counts, 1)), 1);
    return div<Scalar>(sum(div(losses, maximum(counts, 1))), rows);
  });
}

/** 0 where the batch or the model has not both modalities. */
function transferLoss(outputs: Outputs, batch: Batch, settings: KnowledgeTransfer): Scalar {
  const [teacher, student] = [outputs.get(settings.from), outputs.get(settings.to)];
  const [own, other] = [batch.present.get(settings.from), batch.present.get(settings.to)];
  if (!teacher || !student || !own || !other) return scalar(0);
  const both = tidy(() => mul<Tensor1D>(own, other));
  const { of } = findById(TRANSFER_LOSSES, settings.method);
  return of({ teacher, student, both, settings, classes: batch.classes });
}

/** Means over the modalities that have both parts. */
function separationTerms(outputs: Outputs, batch: Batch, weights: Separation): Term[] {
  const separated = [...outputs].flatMap(([name, { features, separated: parts }]) => {
    const present = batch.present.get(name);
    if (features === undefined || parts === undefined || present === undefined) return [];
    return [
      {
        difference: differenceLoss(parts, present),
        reconstruction: reconstructionLoss(features, parts, present),
      },
    ];
  });
  return (["difference", "reconstruction"] as const).map((name) => ({
    name,
    weight: weights[name],
    value: meanOf(separated.map((one) => one[name])),
  }));
}

function meanOf(losses: readonly Scalar[]): Scalar {
  return losses.length === 0 ? scalar(0) : div<Scalar>(addN([...losses]), losses.length);
}

/** One loss for each pair of modalities that are both in the batch and embedded. */
function pairLosses(
  outputs: ReadonlyMap<string, ModalityOutput>,
  batch: Batch,
  alignment: Alignment,
  logits: LearnedLogits | undefined,
): Scalar[] {
  const { of } = findById(PAIR_LOSSES, alignment.loss);
  const embedded = [...outputs].flatMap(([name, { embedding }]) => {
    const present = batch.present.get(name);
    return embedding === undefined || present === undefined ? [] : [{ embedding, present }];
  });
  return embedded.flatMap((a, index) =>
    embedded.slice(index + 1).map((b) => {
      const both = tidy(() => mul<Tensor1D>(a.present, b.present));
      return of(a.embedding, b.embedding, both, alignment, logits);
    }),
  );
}
