import { parseJsonLines } from "../formats/json-lines.ts";
import { parseMetricLine } from "../protocol/parse-run-files.ts";
import { fromJsonNumber, RUN_FILES } from "../protocol/run-files.ts";
import type { RunListEntry, RunListProblem } from "../protocol/run-worker.ts";
import type { IsAlive } from "./process-liveness.ts";
import type { RunFileSystem } from "./run-file-system.ts";
import { readRunRecord } from "./run-record.ts";

export interface RunList {
  /** Newest first. */
  readonly runs: readonly RunListEntry[];
  readonly problems: readonly RunListProblem[];
}

/** A list reads only the end of the metrics; a metric not logged in it is not among the latest. */
const METRICS_END_BYTES = 64 * 1024;
/** Systems limit how many files a process may hold open. */
const READ_AT_ONCE = 32;

/** Runs in the folders that lie in `runsFolder`, which need not be there. */
export async function listRuns(
  files: RunFileSystem,
  runsFolder: string,
  isAlive: IsAlive,
): Promise<RunList> {
  const entries = await files.entries(runsFolder);
  const folders = entries
    .filter((entry) => entry.isFolder)
    .map((entry) => `${runsFolder}/${entry.name}`);
  const results: (RunListEntry | RunListProblem)[] = [];
  for (let start = 0; start < folders.length; start += READ_AT_ONCE) {
    const part = folders.slice(start, start + READ_AT_ONCE);
    results.push(
      ...(await Promise.all(part.map((folder) => readRunEntry(files, folder, isAlive)))),
    );
  }
  return sortRuns({
    runs: results.filter((result) => "record" in result),
    problems: results.filter((result) => "message" in result),
  });
}

/** Several lists as one, newest first. */
export function joinRunLists(lists: readonly RunList[]): RunList {
  return sortRuns({
    runs: lists.flatMap((list) => list.runs),
    problems: lists.flatMap((list) => list.problems),
  });
}

/** One run folder as a list shows it. */
async function readRunEntry(
  files: RunFileSystem,
  folder: string,
  isAlive: IsAlive,
): Promise<RunListEntry | RunListProblem> {
  try {
    const record = await readRunRecord(files, folder, isAlive);
    if (typeof record === "string") return { folder, message: record };
    const { name, status, started } = record;
    const id = folder.slice(folder.lastIndexOf("/") + 1);
    const last = await readLatest(files, `${folder}/${RUN_FILES.metrics}`);
    return { id, folder, name, status, started, record, ...last };
  } catch (error) {
    // A folder that may not be read is one problem, not the end of the list.
    return { folder, message: error instanceof Error ? error.message : String(error) };
  }
}

async function readLatest(files: RunFileSystem, file: string) {
  const latest: Record<string, number> = {};
  let [step, epoch] = [0, 0];
  const size = (await files.stat(file))?.sizeBytes ?? 0;
  const start = Math.max(0, size - METRICS_END_BYTES);
  const bytes = await files.read(file, start, size);
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

function sortRuns({ runs, problems }: RunList): RunList {
  return {
    runs: runs.toSorted(
      (a, b) => Date.parse(b.started) - Date.parse(a.started) || compare(b.id, a.id),
    ),
    problems: problems.toSorted((a, b) => compare(b.folder, a.folder)),
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
