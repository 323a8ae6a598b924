import { csvLine } from "../formats/csv-line.ts";
import { parseMetricLine } from "../protocol/parse-run-files.ts";
import { type MetricLine, RUN_FILES } from "../protocol/run-files.ts";
import type { NamedRun } from "../protocol/run-worker.ts";
import { followLines } from "./follow-lines.ts";
import type { RunFileSystem } from "./run-file-system.ts";

/** Rows that are given at once. */
const ROWS_AT_ONCE = 1000;

/**
 * All metrics of runs as one CSV table by RFC 4180, in parts: a row for each logged step, a column
 * for each metric, by name; empty where a step logged none. Several runs have a column `run` first.
 *
 * The files are read twice, for a later step may log what no step before has.
 */
export async function* metricsCsv(
  files: RunFileSystem,
  runs: readonly NamedRun[],
): AsyncGenerator<string> {
  const names = await metricNames(files, runs);
  const isSeveral = runs.length > 1;
  yield csvLine([...(isSeveral ? ["run"] : []), "step", "epoch", "time", ...names]);
  for (const { folder, name } of runs) {
    let rows: string[] = [];
    for await (const { step, epoch, time, values } of metricLines(files, folder)) {
      const cells = [step, epoch, time, ...names.map((metric) => values[metric] ?? "")];
      rows.push(csvLine(isSeveral ? [name, ...cells] : cells));
      if (rows.length < ROWS_AT_ONCE) continue;
      yield rows.join("");
      rows = [];
    }
    if (rows.length > 0) yield rows.join("");
  }
}

async function metricNames(
  files: RunFileSystem,
  runs: readonly NamedRun[],
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const { folder } of runs) {
    for await (const { values } of metricLines(files, folder)) {
      for (const name of Object.keys(values)) found.add(name);
    }
  }
  return [...found].sort();
}

/** Lines that are no metrics are passed over, as they are wherever metrics are shown. */
async function* metricLines(files: RunFileSystem, folder: string): AsyncGenerator<MetricLine> {
  const source = { files, folder, report: () => undefined };
  for await (const { lines } of followLines(source, RUN_FILES.metrics, parseMetricLine)()) {
    for (const { line } of lines) yield line;
  }
}
