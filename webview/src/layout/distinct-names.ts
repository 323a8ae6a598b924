import type { RunComparison } from "../../../core/protocol/panel/compare.ts";

/** The comparison with the time of their start added to names that several of its runs have. */
export function withDistinctNames(comparison: RunComparison): RunComparison {
  const { runs } = comparison;
  const isShared = (name: string) => runs.filter((run) => run.name === name).length > 1;
  return {
    ...comparison,
    runs: runs.map((run) =>
      isShared(run.name) ? { ...run, name: `${run.name} ${timeOf(run.started)}` } : run,
    ),
  };
}

function timeOf(started: string): string {
  const date = new Date(started);
  return Number.isNaN(date.getTime())
    ? started
    : date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}
