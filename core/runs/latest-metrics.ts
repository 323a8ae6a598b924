import { parseJsonLines } from "../formats/json-lines.ts";
import { parseMetricLine } from "../protocol/parse-run-files.ts";
import { fromJsonNumber } from "../protocol/run-files.ts";
import type { FileState } from "./run-file-system.ts";
import type { RunListFiles } from "./run-list-files.ts";

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
const LINE_FEED = 0x0a;

interface ReadMetrics {
  /** Of the file, as it was read. */
  readonly state: FileState | undefined;
  readonly value: LatestMetrics;
}

/** What a list shows of a metrics file, from its end. */
export function readLatestMetrics(files: RunListFiles, file: string): ReadMetrics {
  const short = readEnd(files, file, FIRST_BYTES);
  const isShort = (short.state?.sizeBytes ?? 0) <= FIRST_BYTES;
  return isShort || isComplete(short.value) ? short : readEnd(files, file, MOST_BYTES);
}

/** The last line of a metrics file alone, which says how far a run came. */
export function readLastMetrics(files: RunListFiles, file: string): ReadMetrics {
  for (const most of [FIRST_BYTES, MOST_BYTES]) {
    const part = files.read(file, { from: "end", most });
    if (part === undefined) break;
    const { bytes, state } = part;
    const end = bytes.lastIndexOf(LINE_FEED);
    const start = end < 1 ? -1 : bytes.lastIndexOf(LINE_FEED, end - 1);
    const isCut = start < 0 && state.sizeBytes > bytes.length;
    if (!isCut) return { state, value: latestOf(bytes.subarray(start + 1, end + 1)) };
  }
  return { state: files.stat(file), value: NO_METRICS };
}

/** True where a run has been evaluated and its weights counted; nothing older would be shown. */
function isComplete({ latest }: LatestMetrics): boolean {
  return (
    "weights/all/zero_fraction" in latest &&
    Object.keys(latest).some((name) => name.startsWith("validation/"))
  );
}

function readEnd(files: RunListFiles, file: string, most: number): ReadMetrics {
  const part = files.read(file, { from: "end", most });
  if (part === undefined) return { state: undefined, value: NO_METRICS };
  return { state: part.state, value: latestOf(part.bytes) };
}

function latestOf(lines: Uint8Array): LatestMetrics {
  const latest: Record<string, number> = {};
  let [step, epoch] = [0, 0];
  // Cut out of the middle of a file, the first line is a part of one, and parses as none.
  for (const { value } of parseJsonLines(lines).values) {
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
