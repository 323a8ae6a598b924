import { parseMetricLine } from "../protocol/parse-run-files.ts";
import { RUN_FILES } from "../protocol/run-files.ts";
import { followLines } from "./follow-lines.ts";
import { createMetricColumns, type MetricColumns } from "./metric-columns.ts";
import type { RunSource } from "./run-source.ts";

export interface MetricsReader {
  /** All that was read. */
  readonly columns: MetricColumns;
  /** Reads what is new since the last call, in bounded pieces; gives whether the file was replaced. */
  update(): AsyncGenerator<{ readonly isReset: boolean }>;
  /** Epoch of the last line up to `step`, 0 before the first. */
  epochAt(step: number): number;
}

/** First step of an epoch; only these are kept, so that a run of millions of steps needs little. */
interface EpochStart {
  readonly step: number;
  readonly epoch: number;
}

/** Follows `metrics.jsonl`. */
export function createMetricsReader(source: RunSource): MetricsReader {
  const newLines = followLines(source, RUN_FILES.metrics, parseMetricLine);
  const columns = createMetricColumns();
  let epochStarts: EpochStart[] = [];
  return {
    columns,
    async *update() {
      for await (const { isReset, lines } of newLines()) {
        if (isReset) {
          epochStarts = [];
          columns.clear();
        }
        for (const { line } of lines) {
          columns.add(line);
          if (epochStarts.at(-1)?.epoch !== line.epoch) {
            epochStarts.push({ step: line.step, epoch: line.epoch });
          }
        }
        yield { isReset };
      }
    },
    epochAt: (step) => epochStarts.findLast((start) => start.step <= step)?.epoch ?? 0,
  };
}
