import type { MetricPoints } from "../protocol/panel/curves.ts";
import { parseMetricLine } from "../protocol/parse-run-files.ts";
import { type MetricLine, RUN_FILES } from "../protocol/run-files.ts";
import { followLines } from "./follow-lines.ts";
import { metricPoints } from "./metric-points.ts";
import type { RunSource } from "./run-source.ts";

/** Points that a file of metrics has gained. */
export interface MetricsUpdate {
  /** True at first, and where the file was replaced: what was sent before no longer stands. */
  readonly reset: boolean;
  readonly points: readonly MetricPoints[];
}

export interface MetricsReader {
  /** What is new since the last call, in bounded pieces; nothing where nothing is. */
  update(): AsyncGenerator<MetricsUpdate>;
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
  let isFirst = true;
  let epochStarts: EpochStart[] = [];
  return {
    async *update() {
      for await (const { isReset, lines } of newLines()) {
        const reset = isFirst || isReset;
        isFirst = false;
        if (reset) epochStarts = [];
        addEpochs(
          epochStarts,
          lines.map(({ line }) => line),
        );
        if (reset || lines.length > 0) {
          yield { reset, points: metricPoints(lines.map(({ line }) => line)) };
        }
      }
    },
    epochAt: (step) => epochStarts.findLast((start) => start.step <= step)?.epoch ?? 0,
  };
}

function addEpochs(starts: EpochStart[], lines: readonly MetricLine[]): void {
  for (const { step, epoch } of lines) {
    if (starts.at(-1)?.epoch !== epoch) starts.push({ step, epoch });
  }
}
