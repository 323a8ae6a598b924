import type { Halving } from "../../../core/experiment/experiment.ts";
import type { MetricGoal } from "../../../core/protocol/metric-goal.ts";

/** Some trials, trained until they have had so many epochs. */
export interface Rung {
  readonly epochs: number;
  readonly trials: number;
}

/**
 * Successive halving of `trials`: rungs of r·ηᵏ epochs below `epochs`, then `epochs` themselves, with
 * ⌊n·η⁻ᵏ⌋ trials each, at least one. A rung for one trial alone decides nothing and is left out.
 * Without `halving` there is one rung.
 *
 * @see Jamieson & Talwalkar 2016, arXiv:1502.07943, algorithm 1; with the rungs of Li et al. 2018,
 * arXiv:1603.06560, algorithm 1, one bracket.
 */
export function rungsOf(trials: number, epochs: number, halving: Halving | undefined): Rung[] {
  if (halving === undefined) return [{ epochs, trials }];
  const rungs: Rung[] = [];
  let left = trials;
  for (let r = halving.min_epochs; r < epochs && left > 1; r *= halving.eta) {
    rungs.push({ epochs: r, trials: left });
    left = Math.max(1, Math.floor(left / halving.eta));
  }
  return [...rungs, { epochs, trials: left }];
}

/** Epochs of all trials together, each trained on from where it stood. */
export function epochsOf(rungs: readonly Rung[]): number {
  return rungs.reduce(
    (sum, { epochs, trials }, index) => sum + trials * (epochs - (rungs[index - 1]?.epochs ?? 0)),
    0,
  );
}

/** Best first; those without a number last, and in their order where they are equal. */
export function ranked<Trial extends { readonly value: number }>(
  trials: readonly Trial[],
  goal: MetricGoal,
): readonly Trial[] {
  const cost = ({ value }: Trial) => {
    if (Number.isNaN(value)) return Number.POSITIVE_INFINITY;
    return goal === "minimize" ? value : -value;
  };
  // A difference of two infinities is not a number.
  return trials.toSorted((a, b) => (cost(a) === cost(b) ? 0 : cost(a) - cost(b)));
}
