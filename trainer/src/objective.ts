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
import type { Alignment, Objective } from "../../core/experiment/experiment.ts";
import type { Batch } from "./batch.ts";
import { findById } from "./find-by-id.ts";
import type { Loss } from "./loss.ts";
import { LOSSES } from "./losses.generated.ts";
import type { ModalityOutput } from "./model.ts";
import { PAIR_LOSSES } from "./pair-losses.generated.ts";

/** The objective of a batch without its penalties. */
export interface DataLoss {
  /** loss + weight · alignment. */
  readonly total: Scalar;
  /** Its parts without their weights, by the name of the loss. */
  readonly parts: Readonly<Record<string, Scalar>>;
}

/**
 * mean_i mean_{k ∈ present(i)} loss_ik + weight · mean over pairs of modalities of the alignment.
 *
 * Samples that have none of the model's modalities take no part; 0 where no sample has any.
 */
export function dataLoss(
  outputs: ReadonlyMap<string, ModalityOutput>,
  batch: Batch,
  { loss: id, alignment }: Objective,
): DataLoss {
  const loss = meanLoss(findById(LOSSES, id), outputs, batch);
  if (alignment === undefined) return { total: loss, parts: { [id]: loss } };
  const pairs = pairLosses(outputs, batch, alignment);
  const aligned = pairs.length === 0 ? scalar(0) : div<Scalar>(addN(pairs), pairs.length);
  return {
    total: add(loss, mul(aligned, alignment.weight)),
    parts: { [id]: loss, [alignment.loss]: aligned },
  };
}

function meanLoss(loss: Loss, outputs: ReadonlyMap<string, ModalityOutput>, batch: Batch): Scalar {
  const read = [...outputs].flatMap(([name, { output }]) => {
    const present = batch.present.get(name);
    return present === undefined ? [] : [{ present, output }];
  });
  if (read.length === 0) return scalar(0);
  return tidy(() => {
    const losses = addN(
      read.map(({ present, output }) => mul(loss.perRow(output, batch.target), present)),
    );
    const counts = addN(read.map(({ present }) => present));
    const rows = maximum(sum(minimum(counts, 1)), 1);
    return div<Scalar>(sum(div(losses, maximum(counts, 1))), rows);
  });
}

/** One loss for each pair of modalities that are both in the batch and embedded. */
function pairLosses(
  outputs: ReadonlyMap<string, ModalityOutput>,
  batch: Batch,
  alignment: Alignment,
): Scalar[] {
  const { of } = findById(PAIR_LOSSES, alignment.loss);
  const embedded = [...outputs].flatMap(([name, { embedding }]) => {
    const present = batch.present.get(name);
    return embedding === undefined || present === undefined ? [] : [{ embedding, present }];
  });
  return embedded.flatMap((a, index) =>
    embedded.slice(index + 1).map((b) => {
      const both = tidy(() => mul<Tensor1D>(a.present, b.present));
      return of(a.embedding, b.embedding, both, alignment);
    }),
  );
}
