import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import { compareByValidation, validationMetric } from "./validation-metric.ts";

/**
 * Folders of the best runs: of each experiment, among finished runs that are judged by the same
 * metric. What stands alone is best of nothing; of equals the oldest is best.
 *
 * A sweep has the value of its best trial, so the trial is best and not the sweep.
 *
 * @param runs Newest first.
 */
export function bestRuns(runs: readonly RunListEntry[]): ReadonlySet<string> {
  const rivals = new Map<string, RunListEntry[]>();
  for (const run of runs) {
    const metric = validationMetric(run);
    if (run.status !== "finished" || run.record.sweep !== undefined || metric === undefined) {
      continue;
    }
    const key = `${metric.name}\n${runsFolder(run)}\n${run.record.spec}`;
    const others = rivals.get(key);
    if (others === undefined) rivals.set(key, [run]);
    else others.push(run);
  }
  const best = [...rivals.values()].flatMap((group) => {
    if (group.length < 2) return [];
    return group.reduce((a, b) => (compareByValidation(a, b) < 0 ? a : b)).folder;
  });
  return new Set(best);
}

const runsFolder = ({ folder, id }: RunListEntry) => folder.slice(0, -id.length);
