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
  return runs.map(({ name, started }) => {
    const isShared = runs.filter((run) => run.name === name).length > 1;
    const time = isShared ? timeOf(started, locale) : "";
    return time === ""
      ? { name: cut(name, LONGEST), shortName: cut(name, LONGEST_SHORT) }
      : { name: `${cut(name, LONGEST - time.length - 1)} ${time}`, shortName: time };
  });
}

function timeOf(iso: string, locale: string | undefined): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return "";
  return date.toLocaleTimeString(locale, { hour12: false });
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
}
