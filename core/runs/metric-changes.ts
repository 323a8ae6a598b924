import { inNoise, type SeedNoise, seedNoise } from "../measures/seed-noise.ts";
import { metricGoal } from "../protocol/metric-goal.ts";
import type { MetricChange, Verdict } from "../protocol/panel/compare.ts";
import { fromJsonNumber, type JsonNumber } from "../protocol/run-files.ts";

type Values = Readonly<Record<string, JsonNumber>>;

/** What a run is compared by. */
export interface MeasuredRun {
  /** Its metrics by name. */
  readonly values: Values;
  /** Metrics of the finished runs that differ from it in the seed only, its own among them. */
  readonly seeds: readonly Values[];
  /** What it minimized, in one line. */
  readonly objective: string;
  /** Tells its experiment, but for the seed, from others. */
  readonly identity: string;
}

/** Metrics of the data's parts; those of weights are told layer by layer. */
const PARTS = ["train", "validation", "test"];
/** Measures that hold the penalty, and so compare only under one objective. */
const PENALISED = ["loss", "penalty"];
/** Chosen, not measured. */
const SETTINGS = ["learning_rate"];

/**
 * Metrics that both runs have, in the order of the first, each with its change measured by the noise
 * between seeds of both experiments; see {@link seedNoise} and {@link inNoise}.
 */
export function metricChanges(run: MeasuredRun, other: MeasuredRun): readonly MetricChange[] {
  // Two seeds of one experiment have the same runs to tell the noise from.
  const groups = run.identity === other.identity ? [run.seeds] : [run.seeds, other.seeds];
  return Object.keys(run.values).flatMap((name) => {
    if (!isCompared(name) || !Object.hasOwn(other.values, name)) return [];
    const own = numberOf(run.values[name]);
    const theirs = numberOf(other.values[name]);
    const noise = seedNoise(groups.map((group) => group.map((values) => numberOf(values[name]))));
    const change = { name, run: own, other: theirs };
    if (noise === undefined || !Number.isFinite(own - theirs)) return [change];
    const judgement = judged(name, own - theirs, noise);
    const isSame = run.objective === other.objective || !isPenalised(name);
    return [
      { ...change, noise: isSame ? judgement : { ...judgement, verdict: "other objective" } },
    ];
  });
}

function isCompared(name: string): boolean {
  const [part = "", measure = ""] = name.split("/");
  return PARTS.includes(part) && !SETTINGS.includes(measure);
}

function isPenalised(name: string): boolean {
  return PENALISED.includes(name.split("/")[1] ?? "");
}

function judged(
  name: string,
  difference: number,
  noise: SeedNoise,
): NonNullable<MetricChange["noise"]> {
  const goal = metricGoal(name);
  const gain = goal === "minimize" ? -difference : difference;
  const { units, threshold } = inNoise(gain, noise);
  const verdict = verdictOf(units, threshold, goal !== undefined);
  const { deviation, n } = noise;
  return { deviation, n, ...(Number.isFinite(units) ? { units } : {}), threshold, verdict };
}

function verdictOf(units: number, threshold: number, hasGoal: boolean): Verdict {
  if (Math.abs(units) <= threshold) return "within noise";
  if (!hasGoal) return "different";
  return units > 0 ? "better" : "worse";
}

function numberOf(value: JsonNumber | undefined): number {
  return fromJsonNumber(value) ?? Number.NaN;
}
