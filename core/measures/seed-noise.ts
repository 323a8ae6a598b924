import { studentT } from "./student-t.ts";

/** How much a metric differs between runs that differ in the seed alone. */
export interface SeedNoise {
  /** Standard deviation of one run, in the metric's unit. */
  readonly deviation: number;
  /** Degrees of freedom that it was estimated with, at least 1. */
  readonly freedom: number;
  /** Runs that it was estimated from. */
  readonly n: number;
}

/** A difference of two runs in units of what two seeds of one experiment differ by. */
export interface NoiseUnits {
  /** ±Infinity where seeds make no difference at all and the runs still differ. */
  readonly units: number;
  /** What |units| must exceed to be more than noise. */
  readonly threshold: number;
}

/** Half the width of the band of noise, in standard deviations, where they are known exactly. */
const BAND = 2;
/** Of two runs of one experiment, the share whose difference stays inside. */
const SHARE = 0.95;

/**
 * The standard deviation over seeds, pooled over experiments: s² = Σ_g Σ_i (x_gi − x̄_g)² / ν with
 * ν = Σ_g (n_g − 1).
 *
 * Pooling takes the noise of the experiments for equal, which lets a run with a single seed be judged
 * by the seeds of the other. Values that are not finite are left out; `undefined` where no experiment
 * has two runs.
 *
 * @param groups One list an experiment: the values of its runs.
 */
export function seedNoise(groups: readonly (readonly number[])[]): SeedNoise | undefined {
  const known = groups
    .map((group) => group.filter(Number.isFinite))
    .filter((group) => group.length > 1);
  const n = known.reduce((sum, group) => sum + group.length, 0);
  const freedom = n - known.length;
  if (freedom < 1) return undefined;
  const squares = known.reduce((sum, group) => sum + squaresAboutMean(group), 0);
  return { deviation: Math.sqrt(squares / freedom), freedom, n };
}

function squaresAboutMean(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

/**
 * A difference of two single runs measured by the noise: z = Δ / (s·√2), for the variance of a
 * difference is the sum of both. It is more than noise where |z| > max(2, t), with t Student's
 * two-sided 95 % quantile at ν degrees of freedom: few seeds know s badly, and the band widens
 * accordingly (±2.8 for five seeds, ±12.7 for two).
 *
 * This compares two runs, not the means of two experiments, for which Welch's test over all seeds of
 * both would be the one.
 */
export function inNoise(difference: number, { deviation, freedom }: SeedNoise): NoiseUnits {
  const threshold = Math.max(BAND, studentT(SHARE, freedom));
  if (difference === 0) return { units: 0, threshold };
  return { units: difference / (deviation * Math.SQRT2), threshold };
}
