import { mul } from "@tensorflow/tfjs-core";
import type { Optimizer } from "../optimizer.ts";
import { oneMinus, times } from "../step-scalar.ts";
import { adam } from "./adam.ts";

/**
 * Adam with decoupled weight decay: w ← (1 − ηδ)w, then Adam's step; δ = `weight_decay`.
 *
 * A proximal map comes last, with Adam's step size.
 *
 * @see Loshchilov & Hutter 2019, arXiv:1711.05101, algorithm 2, with the schedule multiplier and
 * the learning rate in one factor η as in PyTorch's AdamW.
 */
export const adamw: Optimizer = {
  id: "adamw",
  slots: adam.slots,
  update(weights, gradient, slots, step) {
    if (step.weightDecay === 0) return adam.update(weights, gradient, slots, step);
    const kept = oneMinus(times(step.learningRate, step.weightDecay));
    return adam.update(mul(weights, kept), gradient, slots, step);
  },
};
