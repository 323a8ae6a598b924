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
  tidy,
} from "@tensorflow/tfjs-core";
import type { Objective } from "../../core/experiment/experiment.ts";
import type { Batch } from "./batch.ts";
import { crossEntropy } from "./losses/cross-entropy.ts";
import { infoNce } from "./losses/info-nce.ts";
import type { ModalityOutput } from "./model.ts";

/** The objective of a batch without its penalties. */
export interface DataLoss {
  /** cross-entropy + weight · InfoNCE. */
  readonly total: Scalar;
  readonly crossEntropy: Scalar;
  /** Mean over all pairs of modalities; absent without alignment. */
  readonly infoNce?: Scalar;
}

/**
 * mean_i mean_{k ∈ present(i)} CE_ik + weight · mean over pairs of modalities of InfoNCE.
 *
 * Samples that have none of the model's modalities take no part; 0 where no sample has any.
 */
export function dataLoss(
  outputs: ReadonlyMap<string, ModalityOutput>,
  batch: Batch,
  objective: Objective,
): DataLoss {
  const crossEntropyLoss = meanCrossEntropy(outputs, batch);
  const { alignment } = objective;
  const pairLosses = alignment === undefined ? [] : eachPair(outputs, batch, alignment.temperature);
  if (alignment === undefined || pairLosses.length === 0) {
    return { total: crossEntropyLoss, crossEntropy: crossEntropyLoss };
  }
  const alignmentLoss = div<Scalar>(addN(pairLosses), pairLosses.length);
  return {
    total: add(crossEntropyLoss, mul(alignmentLoss, alignment.weight)),
    crossEntropy: crossEntropyLoss,
    infoNce: alignmentLoss,
  };
}

function meanCrossEntropy(outputs: ReadonlyMap<string, ModalityOutput>, batch: Batch): Scalar {
  const towers = [...outputs].flatMap(([name, { logits }]) => {
    const present = batch.present.get(name);
    return present === undefined ? [] : [{ present, logits }];
  });
  if (towers.length === 0) return scalar(0);
  return tidy(() => {
    const losses = addN(
      towers.map(({ present, logits }) => mul(crossEntropy(logits, batch.labels), present)),
    );
    const counts = addN(towers.map(({ present }) => present));
    const rows = maximum(sum(minimum(counts, 1)), 1);
    return div<Scalar>(sum(div(losses, maximum(counts, 1))), rows);
  });
}

/** One loss for each pair of modalities that are both in the batch. */
function eachPair(
  outputs: ReadonlyMap<string, ModalityOutput>,
  batch: Batch,
  temperature: number,
): Scalar[] {
  const towers = [...outputs];
  return towers.flatMap(([nameA, a], index) =>
    towers.slice(index + 1).flatMap(([nameB, b]) => {
      const presentA = batch.present.get(nameA);
      const presentB = batch.present.get(nameB);
      if (presentA === undefined || presentB === undefined) return [];
      const both = tidy(() => mul<Tensor1D>(presentA, presentB));
      return [infoNce(a.embedding, b.embedding, both, temperature)];
    }),
  );
}
