import { decodeUtf8Lossy } from "../formats/utf8.ts";
import { RUN_FILES, type RunRecord } from "../protocol/run-files.ts";
import { type FileState, isSameState, type RunFileSystem, readWhole } from "./run-file-system.ts";
import { readStoredRecord } from "./run-record.ts";
import { readRunNotes } from "./stored-notes.ts";

export interface NeighbourRun {
  readonly folder: string;
  readonly record: RunRecord;
}

/** The runs that lie in the same folder as a run. */
export interface NeighbourRuns {
  /** Finished trainings of a run's objective and backend, itself among them, newest first. */
  alike(folder: string, record: RunRecord): Promise<readonly NeighbourRun[]>;
  /** The run other than `folder` that is noted as the baseline. */
  baseline(folder: string): Promise<string | undefined>;
}

interface Known {
  readonly state: FileState;
  /** Absent where the file does not mention what was looked for. */
  readonly record?: RunRecord;
}

/** Runs are named by their time: of more than so many, the newest are looked at. */
const MOST_RUNS = 2000;
/** A record of a sweep lists its trials; one of a run is far smaller. */
const RECORD_MAX_BYTES = 4 * 1024 * 1024;

/** Reads of each neighbour no more than tells that it is another experiment; nothing is read twice. */
export function createNeighbourRuns(files: RunFileSystem): NeighbourRuns {
  let known = new Map<string, Known>();
  let objective = "";

  async function recordOf(folder: string): Promise<RunRecord | undefined> {
    const file = `${folder}/${RUN_FILES.record}`;
    const state = await files.stat(file);
    if (state === undefined) return undefined;
    const old = known.get(folder);
    if (old !== undefined && isSameState(old.state, state)) return old.record;
    const bytes = await readWhole(files, file, RECORD_MAX_BYTES);
    const mentions = typeof bytes === "object" && decodeUtf8Lossy(bytes).includes(objective);
    const record = mentions ? await readStoredRecord(files, folder) : undefined;
    known.set(folder, { state, ...(typeof record === "object" ? { record } : {}) });
    return known.get(folder)?.record;
  }

  return {
    async alike(folder, record) {
      const wanted = JSON.stringify(record.objective);
      if (wanted !== objective) known = new Map();
      objective = wanted;
      const found: NeighbourRun[] = [];
      for (const neighbour of await neighboursOf(files, folder)) {
        const other = await recordOf(neighbour);
        if (other !== undefined && isAlike(other, record)) {
          found.push({ folder: neighbour, record: other });
        }
      }
      return found;
    },
    async baseline(folder) {
      for (const neighbour of await neighboursOf(files, folder)) {
        if (neighbour === folder) continue;
        const notes = await readRunNotes(files, neighbour);
        if (typeof notes === "object" && notes.baseline === true) return neighbour;
      }
      return undefined;
    },
  };
}

async function neighboursOf(files: RunFileSystem, folder: string): Promise<readonly string[]> {
  const parent = folder.slice(0, Math.max(folder.lastIndexOf("/"), folder.lastIndexOf("\\")));
  const separator = folder.charAt(parent.length);
  return (await files.entries(parent))
    .filter(({ isFolder }) => isFolder)
    .map(({ name }) => name)
    .sort((a, b) => (a < b ? 1 : -1))
    .slice(0, MOST_RUNS)
    .map((name) => `${parent}${separator}${name}`);
}

function isAlike(other: RunRecord, run: RunRecord): boolean {
  return (
    other.status === "finished" &&
    other.sweep === undefined &&
    other.objective === run.objective &&
    other.backend === run.backend
  );
}
