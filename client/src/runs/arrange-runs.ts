import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import { runFilter } from "./filter-runs.ts";
import { groupRows, type RunGroup, type RunRow } from "./group-rows.ts";
import { compareByLambda } from "./lambdas-of-run.ts";
import type { RunsArrangement, Sorting } from "./runs-arrangement.ts";
import { compareByValidation, metricOf } from "./validation-metric.ts";

/** Runs whose zeros were not counted come after those without any. */
const zeroShare = (run: RunListEntry) => metricOf(run, "weights/all/zero_fraction") ?? -1;

const ORDERS: Readonly<
  Record<Sorting, ((a: RunListEntry, b: RunListEntry) => number) | undefined>
> = {
  // As they come.
  newest: undefined,
  validation: compareByValidation,
  lambda: compareByLambda,
  zeros: (a, b) => zeroShare(b) - zeroShare(a),
  name: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
};

/** Identity of a run's sweep: the run of that name in the same folder of runs. */
const sweepOf = ({ folder, id, record }: RunListEntry) =>
  record.parent === undefined ? undefined : folder.slice(0, -id.length) + record.parent;

/**
 * Rows in groups; trials stand under their sweep unless runs are grouped by status, where each has
 * its own. A sweep that the filter finds shows all its trials, any other only those it finds.
 *
 * @param runs Newest first.
 */
export function arrangeRuns(
  runs: readonly RunListEntry[],
  { group, sort, filter }: RunsArrangement,
  now: Date,
): readonly RunGroup[] {
  const isFound = runFilter(filter);
  const order = ORDERS[sort];
  const sorted = order === undefined ? runs : runs.toSorted(order);
  if (group === "status") {
    const rows = sorted.filter(isFound).map((run) => ({ run, trials: [] }));
    return groupRows(rows, group, now);
  }
  const rows = underSweeps(sorted).flatMap(({ run, trials }): readonly RunRow[] => {
    if (isFound(run)) return [{ run, trials }];
    const found = trials.filter(isFound);
    return found.length > 0 ? [{ run, trials: found }] : [];
  });
  return groupRows(rows, group, now);
}

/** A trial whose sweep is gone is a row of its own. */
function underSweeps(runs: readonly RunListEntry[]): readonly RunRow[] {
  const folders = new Set(runs.map(({ folder }) => folder));
  const trials = new Map<string, RunListEntry[]>();
  const tops = runs.filter((run) => {
    const sweep = sweepOf(run);
    if (sweep === undefined || !folders.has(sweep)) return true;
    const others = trials.get(sweep);
    if (others === undefined) trials.set(sweep, [run]);
    else others.push(run);
    return false;
  });
  return tops.map((run) => ({ run, trials: trials.get(run.folder) ?? [] }));
}

/** Number of runs in groups, trials among them. */
export function countRuns(groups: readonly RunGroup[]): number {
  const rows = groups.flatMap((group) => group.rows);
  return rows.reduce((sum, { trials }) => sum + 1 + trials.length, 0);
}
