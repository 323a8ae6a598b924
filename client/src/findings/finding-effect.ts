import type { MetricGoal } from "../../../core/protocol/metric-goal.ts";
import type { FindingAtLaunch } from "../../../core/protocol/run-files.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import { validationMetric } from "../runs/validation-metric.ts";

/** A run and what was found in the workspace when it was launched. */
export interface CheckedRun {
  readonly run: RunListEntry;
  /** `undefined` where that is not known: the workspace was not checked, or more was found than is kept. */
  readonly findings: readonly FindingAtLaunch[] | undefined;
}

/** How the runs of one experiment fared with a finding and without it. */
export interface FindingEffect {
  /** Experiment file, as the runs name it. */
  readonly spec: string;
  /** Metric of the validation part that all of the values are of. */
  readonly metric: string;
  readonly goal: MetricGoal;
  readonly with: readonly number[];
  readonly without: readonly number[];
  /** The runs differ in their experiment file or in what was set for them, too. */
  readonly differsOtherwise: boolean;
}

/**
 * Compares the finished runs that were launched with a finding (same rule, same file) to those without
 * it, experiment by experiment. Experiments in which all runs had it, or none, compare nothing.
 *
 * Only runs with the same validation metric are compared; sweeps and their trials are left out, since
 * they differ by design.
 */
export function findingEffects(
  finding: Pick<FindingAtLaunch, "code" | "path">,
  runs: readonly CheckedRun[],
): readonly FindingEffect[] {
  const specs = [...new Set(runs.map(({ run }) => run.record.spec))];
  return specs.flatMap((spec) => {
    const own = runs.filter(({ run }) => run.record.spec === spec && isComparable(run));
    return effectIn(spec, finding, own) ?? [];
  });
}

function isComparable({ status, record }: RunListEntry): boolean {
  return status === "finished" && record.sweep === undefined && record.parent === undefined;
}

function effectIn(
  spec: string,
  { code, path }: Pick<FindingAtLaunch, "code" | "path">,
  runs: readonly CheckedRun[],
): FindingEffect | undefined {
  const judged = runs.flatMap(({ run, findings }) => {
    const metric = validationMetric(run);
    if (findings === undefined || metric === undefined) return [];
    const has = findings.some((found) => found.code === code && found.path === path);
    return [{ run, metric, has }];
  });
  // The newest run says by what the experiment is judged now.
  const { name: metric, goal } = judged[0]?.metric ?? {};
  const same = judged.filter((one) => one.metric.name === metric);
  const values = (has: boolean) =>
    same.filter((one) => one.has === has).map((one) => one.metric.value);
  const [withIt, withoutIt] = [values(true), values(false)];
  if (metric === undefined || goal === undefined || withIt.length === 0 || withoutIt.length === 0)
    return undefined;
  const settings = new Set(
    same.map(({ run }) => JSON.stringify([run.record.spec_hash, run.record.set ?? []])),
  );
  return {
    spec,
    metric,
    goal,
    with: withIt,
    without: withoutIt,
    differsOtherwise: settings.size > 1,
  };
}
