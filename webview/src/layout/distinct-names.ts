interface NamedRun {
  readonly name: string;
  /** ISO 8601. */
  readonly started: string;
}

/**
 * What tells runs of one name apart: the time at which each started, empty for a name that only one
 * of them has.
 */
export function distinctTimes(runs: readonly NamedRun[], locale?: string): string[] {
  return runs.map(({ name, started }) => {
    const isShared = runs.filter((run) => run.name === name).length > 1;
    return isShared ? timeOf(started, locale) : "";
  });
}

/** The runs with that time added to their names. */
export function withDistinctNames<Run extends NamedRun>(
  runs: readonly Run[],
  locale?: string,
): Run[] {
  const times = distinctTimes(runs, locale);
  return runs.map((run, index) => ({
    ...run,
    name: `${run.name} ${times[index] ?? ""}`.trimEnd(),
  }));
}

function timeOf(iso: string, locale: string | undefined): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return "";
  return date.toLocaleTimeString(locale, { hour12: false });
}
