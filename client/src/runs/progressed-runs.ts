import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import type { RunList } from "../../../core/runs/run-list.ts";

/**
 * Runs of `after` that are further than in `before`, where nothing else has changed: no run has
 * come, gone, ended or got other notes. Undefined where something has.
 */
export function progressedRuns(
  before: RunList,
  after: RunList,
): readonly RunListEntry[] | undefined {
  if (before.runs.length !== after.runs.length) return undefined;
  const changed: RunListEntry[] = [];
  for (const [index, run] of after.runs.entries()) {
    const old = before.runs[index];
    if (old === run) continue;
    if (old === undefined || !isOnlyFurther(old, run)) return undefined;
    changed.push(run);
  }
  const isSame = after.problems.every((problem, index) => problem === before.problems[index]);
  return isSame && before.problems.length === after.problems.length ? changed : undefined;
}

/** A run in progress has no star to win, and its record does not change. */
function isOnlyFurther(old: RunListEntry, run: RunListEntry): boolean {
  return (
    old.folder === run.folder &&
    old.status === "running" &&
    run.status === "running" &&
    old.started === run.started &&
    JSON.stringify([old.notes, old.record]) === JSON.stringify([run.notes, run.record])
  );
}
