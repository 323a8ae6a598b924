import { type MetricGoal, metricGoal } from "../../../core/protocol/metric-goal.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";

export interface ValidationMetric {
  /** Without the part, for example `data_loss`. */
  readonly name: string;
  readonly value: number;
  readonly goal: MetricGoal;
}

/** What a run is judged by: the first of these that it has. */
const METRICS = ["data_loss", "loss", "accuracy", "r2"];

/** A metric that was logged last, else the final one; `undefined` where it is not finite. */
export function metricOf({ latest }: RunListEntry, name: string): number | undefined {
  const value = latest[name];
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** The validation metric that a run is judged by; a sweep is judged by its best trial's. */
export function validationMetric(run: RunListEntry): ValidationMetric | undefined {
  const { sweep } = run.record;
  if (sweep?.best !== undefined) {
    const name = sweep.metric.replace(/^validation\//, "");
    return { name, value: sweep.best, goal: sweep.goal };
  }
  for (const name of METRICS) {
    const value = metricOf(run, `validation/${name}`);
    const goal = metricGoal(name);
    if (value !== undefined && goal !== undefined) return { name, value, goal };
  }
  return undefined;
}

/**
 * Order of two runs by their validation metric, best first; runs without one come last.
 *
 * Values of different metrics say nothing about each other: those stand apart, losses first.
 */
export function compareByValidation(a: RunListEntry, b: RunListEntry): number {
  const [first, second] = [validationMetric(a), validationMetric(b)];
  const rank = (metric: ValidationMetric | undefined) => {
    if (metric === undefined) return METRICS.length + 1;
    const index = METRICS.indexOf(metric.name);
    return index < 0 ? METRICS.length : index;
  };
  if (first === undefined || second === undefined || rank(first) !== rank(second)) {
    return rank(first) - rank(second);
  }
  return first.goal === "minimize" ? first.value - second.value : second.value - first.value;
}
