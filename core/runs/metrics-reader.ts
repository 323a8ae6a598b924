import { RUN_FILES } from "../protocol/run-files.ts";
import { createMetricColumns, type MetricColumns } from "./metric-columns.ts";
import { readTail, START_OF_FILE } from "./read-tail.ts";
import type { RunSource } from "./run-source.ts";
import { createMetricLineScanner } from "./scan-metric-lines.ts";

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
export function createMetricsReader({ files, folder, report }: RunSource): MetricsReader {
  const columns = createMetricColumns();
  let epochStarts: EpochStart[] = [];
  let position = START_OF_FILE;
  const clear = () => {
    epochStarts = [];
    columns.clear();
  };
  const scan = createMetricLineScanner(columns, (step, epoch) => {
    if (epochStarts.at(-1)?.epoch !== epoch) epochStarts.push({ step, epoch });
  });
  return {
    columns,
    async *update() {
      for (let hasMore = true; hasMore; ) {
        const file = `${folder}/${RUN_FILES.metrics}`;
        const tail = await readTail(files, file, position, (bytes, isFresh) => {
          if (isFresh) clear();
          return scan(bytes);
        });
        if (tail.position.offset === 0) clear();
        ({ position, hasMore } = tail);
        for (const { line, message } of tail.problems) {
          report(`${RUN_FILES.metrics} line ${line}: ${message}`);
        }
        yield { isReset: tail.isReset };
      }
    },
    epochAt: (step) => epochStarts.findLast((start) => start.step <= step)?.epoch ?? 0,
  };
}
