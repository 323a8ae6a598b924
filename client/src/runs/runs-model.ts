import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import type { RunList } from "../../../core/runs/run-list.ts";
import { arrangeRuns, countRuns } from "./arrange-runs.ts";
import { bestRuns } from "./best-runs.ts";
import type { RunGroup, RunRow } from "./group-rows.ts";
import { progressedRuns } from "./progressed-runs.ts";
import type { RunsArrangement, Sorting } from "./runs-arrangement.ts";

/** What has to be drawn anew: everything, or the rows of some runs, by their folders. */
export type Redraw = "all" | readonly string[];

/** What the tree shows: the runs that were listed last, arranged. */
export interface RunsModel {
  /** Takes a new list. */
  show(list: RunList, now: Date): Redraw;
  arrange(arrangement: RunsArrangement, now: Date): void;
  /** Where runs stand; what their rows say is told by `row`. */
  groups(): readonly RunGroup[];
  problems(): RunList["problems"];
  /** The row of a run, trials as rows of their own. */
  row(folder: string): RunRow | undefined;
  isBest(folder: string): boolean;
  /** Runs that the filter found, of all that were listed. */
  counts(): { readonly found: number; readonly all: number };
}

const NO_TRIALS: readonly RunListEntry[] = [];
/** Orders in which a run may move while it is in progress. */
const BY_METRICS: readonly Sorting[] = ["validation", "zeros"];

export function createRunsModel(initial: RunsArrangement): RunsModel {
  let arrangement = initial;
  let listed: RunList = { runs: [], problems: [] };
  let groups: readonly RunGroup[] = [];
  let rows = new Map<string, RunRow>();
  let best: ReadonlySet<string> = new Set();
  /** The groups by date hold for a day. */
  let day = "";

  function arrangeAll(now: Date): void {
    groups = arrangeRuns(listed.runs, arrangement, now);
    rows = rowsOf(groups);
    day = now.toDateString();
  }

  /** Rows of runs that only came further; nothing else is looked at, however long the list is. */
  function showProgress(list: RunList, now: Date): readonly string[] | undefined {
    if (BY_METRICS.includes(arrangement.sort) || day !== now.toDateString()) return undefined;
    const further = progressedRuns(listed, list);
    if (further === undefined) return undefined;
    listed = list;
    return further.flatMap((run) => {
      const row = rows.get(run.folder);
      if (row === undefined) return [];
      rows.set(run.folder, { ...row, run });
      return run.folder;
    });
  }

  function showAll(list: RunList, now: Date): Redraw {
    const before = { groups, rows, best, problems: listed.problems };
    listed = list;
    best = bestRuns(list.runs);
    arrangeAll(now);
    const isSame = isSameLayout(before.groups, groups);
    if (!isSame || !isSameList(before.problems, list.problems)) return "all";
    return [...rows.keys()].filter(
      (folder) =>
        rows.get(folder)?.run !== before.rows.get(folder)?.run ||
        best.has(folder) !== before.best.has(folder),
    );
  }

  return {
    show: (list, now) => showProgress(list, now) ?? showAll(list, now),
    arrange(changed, now) {
      arrangement = changed;
      arrangeAll(now);
    },
    groups: () => groups,
    problems: () => listed.problems,
    row: (folder) => rows.get(folder),
    isBest: (folder) => best.has(folder),
    counts: () => ({ found: countRuns(groups), all: listed.runs.length }),
  };
}

function rowsOf(groups: readonly RunGroup[]): Map<string, RunRow> {
  const rows = new Map<string, RunRow>();
  for (const row of groups.flatMap((group) => group.rows)) {
    rows.set(row.run.folder, row);
    for (const trial of row.trials) rows.set(trial.folder, trialRow(trial, row.run));
  }
  return rows;
}

/** The trainer names a trial "sweep, trial 3". */
function trialRow(run: RunListEntry, sweep: RunListEntry): RunRow {
  const prefix = `${sweep.record.name}, `;
  const isRepeated = run.name.startsWith(prefix) && run.name.length > prefix.length;
  const label = isRepeated ? { label: run.name.slice(prefix.length) } : {};
  return { run, trials: NO_TRIALS, ...label };
}

/** True where the same runs stand in the same places, whatever their rows say. */
function isSameLayout(a: readonly RunGroup[], b: readonly RunGroup[]): boolean {
  return isSameList(placesOf(a), placesOf(b));
}

function placesOf(groups: readonly RunGroup[]): readonly string[] {
  return groups.flatMap(({ name, rows }) => [
    `group ${name}`,
    ...rows.flatMap(({ run, trials }) => [
      run.folder,
      String(trials.length),
      ...trials.map(({ folder }) => folder),
    ]),
  ]);
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
