import type { Training } from "../../core/experiment/experiment.ts";

/** How long a training is. */
export interface TrainingLength {
  readonly stepsPerEpoch: number;
  readonly stepsTotal: number;
}

/**
 * Learning rate of step t, counted from 1.
 *
 * The first `warmup` steps rise evenly, η·t/warmup. After them, with k steps behind the warm-up, K
 * from there to the end, e = ⌊k / steps per epoch⌋ and f = `final`:
 * constant η · step η·factor^⌊e/every⌋ · exponential η·factor^e · linear η(1 − (1−f)k/K) ·
 * cosine η(f + (1−f)(1 + cos(πk/K))/2).
 *
 * @see PyTorch's StepLR, ExponentialLR, LinearLR and CosineAnnealingLR with `eta_min` = fη, taken
 * step by step; Loshchilov & Hutter 2017, arXiv:1608.03983, eq. (5); Goyal et al. 2017,
 * arXiv:1706.02677, section 2.2, for the warm-up.
 */
export function learningRateAt(
  { learning_rate: rate, schedule }: Pick<Training, "learning_rate" | "schedule">,
  { stepsPerEpoch, stepsTotal }: TrainingLength,
  step: number,
): number {
  const { warmup } = schedule;
  if (step <= warmup) return (rate * step) / warmup;
  const done = step - warmup - 1;
  const share = done / Math.max(1, stepsTotal - warmup);
  const epoch = Math.floor(done / stepsPerEpoch);
  switch (schedule.type) {
    case "constant":
      return rate;
    case "step":
      return rate * schedule.factor ** Math.floor(epoch / schedule.every);
    case "exponential":
      return rate * schedule.factor ** epoch;
    case "linear":
      return rate * (1 - (1 - schedule.final) * share);
    case "cosine":
      return rate * (schedule.final + ((1 - schedule.final) * (1 + Math.cos(Math.PI * share))) / 2);
  }
}
