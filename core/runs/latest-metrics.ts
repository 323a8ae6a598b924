import { parseJsonLines } from "../formats/json-lines.ts";
import { parseMetricLine } from "../protocol/parse-run-files.ts";
import { fromJsonNumber } from "../protocol/run-files.ts";
import type { RunFileSystem } from "./run-file-system.ts";

export interface LatestMetrics {
  /** Last logged step and epoch, 0 before the first. */
  readonly step: number;
  readonly epoch: number;
  /** Latest value of each metric among the lines that were read. */
  readonly latest: Readonly<Record<string, number>>;
}

export const NO_METRICS: LatestMetrics = { step: 0, epoch: 0, latest: {} };

/** Lines of most runs that end with an evaluation say everything in this many bytes. */
const FIRST_BYTES = 4 * 1024;
/** Further back nothing is looked for: a metric not logged there is not among the latest. */
const MOST_BYTES = 64 * 1024;

/** What a list shows of a metrics file of `size` bytes, from its end. */
export async function readLatestMetrics(
  files: RunFileSystem,
  file: string,
  size: number,
): Promise<LatestMetrics> {
  if (size === 0) return NO_METRICS;
  const short = await readEnd(files, file, { size, length: FIRST_BYTES });
  if (size <= FIRST_BYTES || isComplete(short)) return short;
  return readEnd(files, file, { size, length: MOST_BYTES });
}

/** True where a run has been evaluated and its weights counted; nothing older would be shown. */
function isComplete({ latest }: LatestMetrics): boolean {
  return (
    "weights/all/zero_fraction" in latest &&
    Object.keys(latest).some((name) => name.startsWith("validation/"))
  );
}

async function readEnd(
  files: RunFileSystem,
  file: string,
  { size, length }: { readonly size: number; readonly length: number },
): Promise<LatestMetrics> {
  const latest: Record<string, number> = {};
  let [step, epoch] = [0, 0];
  const bytes = await files.read(file, Math.max(0, size - length), size);
  // Cut out of the middle of a file, the first line is a part of one, and parses as none.
  for (const { value } of parseJsonLines(bytes).values) {
    const line = parseMetricLine(value);
    if (typeof line === "string") continue;
    ({ step, epoch } = line);
    for (const [name, stored] of Object.entries(line.values)) {
      const number = fromJsonNumber(stored);
      if (number !== undefined) latest[name] = number;
    }
  }
  return { step, epoch, latest };
}
