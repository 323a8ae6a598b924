import { distinctTimes } from "./distinct-names.ts";

/** How a run is named beside others: in full, and where there is little room. */
export interface RunLabel {
  readonly name: string;
  readonly shortName: string;
}

interface NamedRun {
  readonly name: string;
  /** ISO 8601. */
  readonly started: string;
}

const LONGEST = 26;
const LONGEST_SHORT = 13;

/** Runs of one experiment often share a name: then the time at which each started tells them apart. */
export function runLabels(runs: readonly NamedRun[], locale?: string): RunLabel[] {
  const times = distinctTimes(runs, locale);
  return runs.map(({ name }, index) => {
    const time = times[index] ?? "";
    return time === ""
      ? { name: cut(name, LONGEST), shortName: cut(name, LONGEST_SHORT) }
      : { name: `${cut(name, LONGEST - time.length - 1)} ${time}`, shortName: time };
  });
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
}
