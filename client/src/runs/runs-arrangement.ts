/** How the Runs view is grouped, in the order in which the choices are offered. */
export const GROUPINGS = ["date", "status", "experiment", "sweep", "none"] as const;
export const SORTINGS = ["newest", "validation", "lambda", "zeros", "name"] as const;

export type Grouping = (typeof GROUPINGS)[number];
export type Sorting = (typeof SORTINGS)[number];

export interface RunsArrangement {
  readonly group: Grouping;
  readonly sort: Sorting;
  /** Words that a run must all have; empty for all runs. */
  readonly filter: string;
}

export const GROUPING_LABELS: Readonly<Record<Grouping, string>> = {
  date: "Date",
  status: "Status",
  experiment: "Experiment",
  sweep: "Sweep",
  none: "None",
};

export const SORTING_LABELS: Readonly<Record<Sorting, string>> = {
  newest: "Newest",
  validation: "Best Validation Metric",
  lambda: "λ",
  zeros: "Share of Zeros",
  name: "Name",
};

/** What a workspace kept, each part by itself; whatever is no arrangement is the usual one. */
export function parseArrangement(stored: unknown): RunsArrangement {
  const { group, sort, filter } = {
    group: undefined,
    sort: undefined,
    filter: undefined,
    ...(typeof stored === "object" ? stored : {}),
  };
  return {
    group: GROUPINGS.find((name) => name === group) ?? "date",
    sort: SORTINGS.find((name) => name === sort) ?? "newest",
    filter: typeof filter === "string" ? filter : "",
  };
}
