import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import type { Penalty as PenaltyEntry } from "../../core/experiment/experiment.ts";
import type { PenaltyStrength } from "./penalty-strength.ts";

/**
 * One entry of `penalty` made ready: R(w), added to a loss that is a mean over samples.
 *
 * The differentiable part is given as its gradient and goes into the step with the loss's; the rest
 * is given as its proximal map and is applied after the step. Together they are the whole of R.
 */
export interface PenaltyTerm {
  /** Formula with the λ in force, for people: "0.001·‖w‖₁". */
  label(): string;
  /**
   * What its proximal map couples. On one tensor maps are taken in this order, which is exact for L1
   * beside a group penalty; without, each weight is on its own.
   */
  readonly level?: "group" | "constraint";
  /** R(w). */
  value(weights: Tensor): Scalar;
  /** Gradient of the differentiable part; of the shape of `weights`. */
  gradient?(weights: Tensor): Tensor;
  /** Value and gradient at once, where most of the work is the same for both. */
  valueAndGradient?(weights: Tensor): { readonly value: Scalar; readonly gradient: Tensor };
  /**
   * Gradient of the whole of R where it has one, and 0 at weights or groups that are exactly zero; for
   * terms with a proximal map that goes with λ.
   */
  slope?(weights: Tensor): Tensor;
  /**
   * argmin_u ½ Σ (u − w)²/t + R̃(u), with R̃ the part that `gradient` leaves out and t the step
   * size: one number, or one for each coordinate where the optimizer scales them differently.
   */
  proximal?(weights: Tensor, stepSize: number | Tensor): Tensor;
  /** Gives back the tensors it keeps. */
  dispose?(): void;
}

/** What a term is made for, besides its entry. */
export interface PenaltySetting {
  /** The entry's λ: > 0 where it is a number, 1 for an entry without. */
  readonly lambda: PenaltyStrength;
  /** The number m of training samples. */
  readonly samples: number;
  /** The tensor it falls on, as training starts from it. */
  readonly start: Tensor;
}

/** A kind of penalty. */
export interface Penalty {
  /** Value of `norm` in an experiment file. */
  readonly id: PenaltyEntry["norm"];
  /** One term for each tensor that the entry falls on; `undefined` when it is of another kind. */
  term(entry: PenaltyEntry, setting: PenaltySetting): PenaltyTerm | undefined;
}
