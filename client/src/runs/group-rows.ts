import type { RunStatus } from "../../../core/protocol/run-files.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import type { Grouping } from "./runs-arrangement.ts";

/** A run as the tree shows it, with the trials that stand under it. */
export interface RunRow {
  readonly run: RunListEntry;
  readonly trials: readonly RunListEntry[];
  /** Name in its row where that differs from the run's: a trial needs no repetition of its sweep's. */
  readonly label?: string;
}

export interface RunGroup {
  /** Empty for the rows that stand in no group. */
  readonly name: string;
  readonly rows: readonly RunRow[];
}

const DAY_MS = 86_400_000;
const DATES = ["Running", "Today", "Yesterday", "Last 7 Days", "Earlier"] as const;
const STATUSES: Readonly<Record<RunStatus, string>> = {
  running: "Running",
  finished: "Finished",
  failed: "Failed",
  cancelled: "Cancelled",
  lost: "Lost",
};

/** Local calendar days between two instants; 0 on the same day. */
function daysBetween(earlier: Date, later: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(later) - midnight(earlier)) / DAY_MS);
}

function dateOf({ run }: RunRow, now: Date): (typeof DATES)[number] {
  if (run.status === "running") return "Running";
  const days = daysBetween(new Date(run.started), now);
  if (days <= 0) return "Today";
  if (days === 1) return "Yesterday";
  return days <= 7 ? "Last 7 Days" : "Earlier";
}

/** Rows by what `grouping` says, in their order within each group; empty groups are left out. */
export function groupRows(
  rows: readonly RunRow[],
  grouping: Grouping,
  now: Date,
): readonly RunGroup[] {
  switch (grouping) {
    case "date":
      return grouped(rows, (row) => dateOf(row, now), DATES);
    case "status":
      return grouped(rows, ({ run }) => STATUSES[run.status], Object.values(STATUSES));
    case "experiment": {
      const names = rows.map(({ run }) => run.record.spec).toSorted();
      return grouped(rows, ({ run }) => run.record.spec, names);
    }
    case "sweep": {
      const sweeps = rows.filter(isSweep);
      const others = rows.filter((row) => !isSweep(row));
      return [
        ...(sweeps.length > 0 ? [{ name: "", rows: sweeps }] : []),
        ...(others.length > 0 ? [{ name: "Not in a Sweep", rows: others }] : []),
      ];
    }
    case "none":
      return rows.length > 0 ? [{ name: "", rows }] : [];
  }
}

function isSweep({ run, trials }: RunRow): boolean {
  return trials.length > 0 || run.record.sweep !== undefined;
}

function grouped(
  rows: readonly RunRow[],
  nameOf: (row: RunRow) => string,
  order: readonly string[],
): readonly RunGroup[] {
  const groups = new Map<string, RunRow[]>(order.map((name) => [name, []]));
  for (const row of rows) groups.get(nameOf(row))?.push(row);
  return [...groups]
    .map(([name, members]) => ({ name, rows: members }))
    .filter((group) => group.rows.length > 0);
}
