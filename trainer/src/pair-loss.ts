import type { Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import type { Alignment } from "../../core/experiment/experiment.ts";
import type { LearnedLogits } from "./learned-logits.ts";

/** A loss that puts the two modalities of one row next to each other. */
export interface PairLoss {
  /** Value of `objective.alignment.loss` in an experiment file, and the metric's name. */
  readonly id: Alignment["loss"];
  /**
   * `a` and `b` [rows, dimension] hold unit vectors, row i of both is one pair; `present` [rows] is 1
   * where both sides are there, the other rows take no part at all. 0 where there is no pair. `logits`
   * take the place of the settings' temperature and bias where these are learned.
   */
  of(
    a: Tensor2D,
    b: Tensor2D,
    present: Tensor1D,
    settings: Alignment,
    logits?: LearnedLogits,
  ): Scalar;
}

type SettingsOf<Id extends Alignment["loss"]> = Extract<Alignment, { readonly loss: Id }>;

/** A loss that is only ever given its own settings. */
export function pairLoss<Id extends Alignment["loss"]>(
  id: Id,
  of: (
    a: Tensor2D,
    b: Tensor2D,
    present: Tensor1D,
    settings: SettingsOf<Id>,
    logits?: LearnedLogits,
  ) => Scalar,
): PairLoss {
  const isOwn = (settings: Alignment): settings is SettingsOf<Id> => settings.loss === id;
  return {
    id,
    of(a, b, present, settings, logits) {
      if (!isOwn(settings)) throw new TypeError(`Cannot take ${settings.loss} as ${id}`);
      return of(a, b, present, settings, logits);
    },
  };
}
