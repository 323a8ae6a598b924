import type { RunListEntry } from "../../../core/protocol/run-worker.ts";

export interface RunGroup {
  readonly name: "Running" | "Today" | "Yesterday" | "Earlier";
  readonly runs: readonly RunListEntry[];
}

const DAY_MS = 86_400_000;

/** Local calendar days between two instants; 0 on the same day. */
function daysBetween(earlier: Date, later: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(later) - midnight(earlier)) / DAY_MS);
}

function groupName(run: RunListEntry, now: Date): RunGroup["name"] {
  if (run.status === "running") return "Running";
  const days = daysBetween(new Date(run.started), now);
  if (days <= 0) return "Today";
  return days === 1 ? "Yesterday" : "Earlier";
}

/** Runs by when they were started, newest first as they come; empty groups are left out. */
export function groupRuns(runs: readonly RunListEntry[], now: Date): readonly RunGroup[] {
  const names: readonly RunGroup["name"][] = ["Running", "Today", "Yesterday", "Earlier"];
  return names
    .map((name) => ({ name, runs: runs.filter((run) => groupName(run, now) === name) }))
    .filter((group) => group.runs.length > 0);
}
