import type { ComparedRun } from "../../../core/protocol/panel/compare.ts";
import type { MetricDeltas } from "./metric-deltas.ts";
import { formatCount, formatFixed } from "./number-format.ts";

/** Where the noise is known from, with its n, or why it is not and what to do about it. */
export function noiseText(
  runs: readonly ComparedRun[],
  other: number,
  { n, threshold }: Pick<MetricDeltas, "n" | "threshold">,
): string {
  const [run, reference] = [runs[0], runs[other]];
  if (run === undefined || reference === undefined) return "";
  const seeds = `n = ${formatCount(run.seeds)} for ${run.name}, ${formatCount(reference.seeds)} for ${reference.name}`;
  if (n === 0) {
    return `Noise unknown: no two finished runs of an experiment differ in the seed only (${seeds}). Train one of them with another training.seed.`;
  }
  const band = `band: ±${formatFixed(threshold, 1)} standard deviations of a difference`;
  const few = threshold > 2 ? ", wide because seeds are few" : "";
  return `Noise from ${formatCount(n)} runs that differ in the seed only (${seeds}); ${band}${few}.`;
}
