import { overrideParts } from "../../../core/experiment/override-parts.ts";
import { csvLine } from "../../../core/formats/csv-line.ts";
import { fromJsonNumber } from "../../../core/protocol/run-files.ts";
import type { RunDetail, RunListEntry } from "../../../core/protocol/run-worker.ts";

/** A run with all that its record says. */
export interface DetailedRun {
  readonly run: RunListEntry;
  readonly detail: RunDetail;
}

/** One row a run; a cell is empty where a run has nothing to say. */
export interface RunsTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

type Column = readonly [name: string, cell: (run: DetailedRun) => string | number];

/** What runs are, were set to and came to: one column each for every penalty, setting and metric. */
export function runsTable(runs: readonly DetailedRun[]): RunsTable {
  return tableOf(runs, [
    ["run", ({ run }) => run.id],
    ["name", ({ run }) => run.name],
    ["status", ({ run }) => run.status],
    ["started", ({ run }) => run.started],
    ["seconds", ({ detail }) => seconds(detail)],
    ["experiment", ({ run }) => run.record.spec],
    ["seed", ({ detail }) => detail.record.seed],
    ["backend", ({ detail }) => detail.record.backend],
    ...lambdaColumns(runs),
    ...settingColumns(runs),
    ...metricColumns(runs, () => true),
  ]);
}

/** What a report tells of runs: their λ and the metrics of the parts that were not trained on. */
export function resultsTable(runs: readonly DetailedRun[]): RunsTable {
  return tableOf(runs, [
    ["run", ({ run }) => run.name],
    ...lambdaColumns(runs),
    ...settingColumns(runs),
    ...metricColumns(runs, (name) => REPORTED.test(name)),
  ]);
}

const REPORTED =
  /^(validation|test)\/(data_loss|accuracy|f1|rmse|r2|recall@1\/.*)$|^weights\/all\/zero_fraction$/;

function tableOf(runs: readonly DetailedRun[], columns: readonly Column[]): RunsTable {
  return {
    head: columns.map(([name]) => name),
    rows: runs.map((run) => columns.map(([, cell]) => cell(run))),
  };
}

/** In the order in which runs have them. */
function namesOf(
  runs: readonly DetailedRun[],
  names: (run: DetailedRun) => Iterable<string>,
): readonly string[] {
  return [...new Set(runs.flatMap((run) => [...names(run)]))];
}

/** The chosen λ, and the λ of each penalty by its place in the file. */
function lambdaColumns(runs: readonly DetailedRun[]): readonly Column[] {
  const chosen: Column = ["lambda", ({ run }) => run.record.selection?.lambda ?? ""];
  const most = Math.max(0, ...runs.map(({ run }) => run.record.penalties?.length ?? 0));
  const own = Array.from(
    { length: most },
    (_, index): Column => [
      `penalty.${index}.lambda`,
      ({ run }) => run.record.penalties?.[index]?.lambda ?? "",
    ],
  );
  return [...(runs.some(({ run }) => run.record.selection !== undefined) ? [chosen] : []), ...own];
}

function settingColumns(runs: readonly DetailedRun[]): readonly Column[] {
  return namesOf(runs, ({ run }) => settingsOf(run).keys()).map(
    (key): Column => [key, ({ run }) => settingsOf(run).get(key) ?? ""],
  );
}

/** Values that were set at launch by key, without λ that are known as numbers. */
function settingsOf({ record }: RunListEntry): ReadonlyMap<string, string> {
  const isKnown = (key: string) =>
    record.penalties !== undefined && /^penalty\.\d+\.lambda$/.test(key);
  const settings = (record.set ?? []).map(overrideParts).filter(({ key }) => !isKnown(key));
  return new Map(settings.map(({ key, value }) => [key, value]));
}

function metricColumns(
  runs: readonly DetailedRun[],
  isWanted: (name: string) => boolean,
): readonly Column[] {
  return namesOf(runs, ({ detail }) => Object.keys(detail.record.final))
    .filter(isWanted)
    .map((name): Column => [name, ({ detail }) => fromJsonNumber(detail.record.final[name]) ?? ""]);
}

function seconds({ record }: RunDetail): number | string {
  if (record.ended === undefined) return "";
  return (Date.parse(record.ended) - Date.parse(record.started)) / 1000;
}

export function csvText({ head, rows }: RunsTable): string {
  return [head, ...rows].map(csvLine).join("");
}

/** Significant digits of a number in a report. */
const DIGITS = 4;

/** A table for a report: numbers rounded, and to the right. */
export function markdownText({ head, rows }: RunsTable): string {
  const isNumber = head.map((_, index) =>
    rows.every((row) => typeof row[index] !== "string" || row[index] === ""),
  );
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(head.map(escaped)),
    line(isNumber.map((right) => (right ? "--:" : "---"))),
    ...rows.map((row) => line(row.map(cellText))),
    "",
  ].join("\n");
}

function cellText(cell: string | number): string {
  return typeof cell === "number" ? String(Number(cell.toPrecision(DIGITS))) : escaped(cell);
}

/** A bar would end the cell, and a line the row. */
function escaped(text: string): string {
  return text.replaceAll(/[\\|]/g, "\\$&").replaceAll(/\s+/g, " ");
}
