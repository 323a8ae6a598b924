import { decodeUtf8Lossy } from "../formats/utf8.ts";
import {
  listedMetrics,
  type ParsedListedRecord,
  parseListedRecord,
} from "../protocol/listed-record.ts";
import { RUN_FILES, type RunStatus } from "../protocol/run-files.ts";
import { NO_NOTES, type RunNotes } from "../protocol/run-notes.ts";
import type { ListedFolder, RunListEntry } from "../protocol/run-worker.ts";
import {
  type LatestMetrics,
  NO_METRICS,
  readLastMetrics,
  readLatestMetrics,
} from "./latest-metrics.ts";
import { excessOf, type FileState, isSameState } from "./run-file-system.ts";
import type { RunListFiles } from "./run-list-files.ts";
import { MAX_RECORD_BYTES } from "./run-record.ts";
import { MAX_NOTES_BYTES, storedNotes } from "./stored-notes.ts";

/** A run folder as a list shows it, what was read of its files, and the states they had before. */
export interface ReadEntry {
  readonly listed: ListedFolder;
  readonly parts?: Parts;
}

interface Parts {
  readonly record: Part<ParsedListedRecord | string>;
  readonly notes: Part<RunNotes | string>;
  readonly metrics: Part<LatestMetrics>;
}

interface Part<T> {
  readonly state: FileState | undefined;
  readonly value: T;
}

/** Status of a run whose record says that it is running. */
type RunningStatus = Extract<RunStatus, "running" | "lost">;

const NO_NOTES_FILE: Part<RunNotes> = { state: undefined, value: NO_NOTES };
const NOT_READ: Part<LatestMetrics> = { state: undefined, value: NO_METRICS };

/**
 * Reads what a list shows of a run folder, and of that only files whose state differs from the one
 * in `before`, which is given back where nothing does.
 *
 * @param running Tells whether a run whose record says `running` still does.
 */
export async function readRunEntry(
  files: RunListFiles,
  folder: string,
  {
    before,
    running,
  }: {
    readonly before: ReadEntry | undefined;
    running(record: ParsedListedRecord["record"]): Promise<RunningStatus>;
  },
): Promise<ReadEntry> {
  try {
    const old = before?.parts;
    const parts = readParts(files, folder, old);
    const { record, notes, metrics } = parts;
    if (typeof record.value === "string") {
      const isOld = before !== undefined && record === old?.record;
      return isOld ? before : { listed: { folder, problem: record.value }, parts };
    }
    const { status: stored } = record.value.record;
    const status = stored === "running" ? await running(record.value.record) : stored;
    const isSame = record === old?.record && notes === old.notes && metrics === old.metrics;
    if (isSame && before?.listed.run?.status === status) return before;
    return { listed: shown(folder, status, { ...parts, record: record.value }), parts };
  } catch (error) {
    // A folder that may not be read is one problem, not the end of the list.
    return { listed: { folder, problem: error instanceof Error ? error.message : String(error) } };
  }
}

function readParts(files: RunListFiles, folder: string, old: Parts | undefined): Parts {
  const record = readPart(files, `${folder}/${RUN_FILES.record}`, old?.record, (file) => {
    const part = files.read(file, { from: "start", most: MAX_RECORD_BYTES });
    return { state: part?.state, value: recordOf(part?.bytes, part?.state) };
  });
  const notes = readPart(files, `${folder}/${RUN_FILES.notes}`, old?.notes, (file) => {
    // Most runs have none, and looking costs less than failing to open.
    if (files.stat(file) === undefined) return NO_NOTES_FILE;
    const part = files.read(file, { from: "start", most: MAX_NOTES_BYTES });
    return { state: part?.state, value: notesOf(part?.bytes, part?.state) };
  });
  return { record, notes, metrics: readMetrics(files, folder, { record, old }) };
}

/**
 * The metrics of a run that has ended are at rest, and its record has the final ones: the file is
 * not even looked at, save for a record that does not say how far the run came.
 */
function readMetrics(
  files: RunListFiles,
  folder: string,
  { record, old }: Pick<Parts, "record"> & { readonly old: Parts | undefined },
): Part<LatestMetrics> {
  if (typeof record.value === "string") return NOT_READ;
  const { status, reached } = record.value.record;
  if (status !== "running") {
    if (reached !== undefined) return NOT_READ;
    if (old !== undefined && record === old.record) return old.metrics;
  }
  const file = `${folder}/${RUN_FILES.metrics}`;
  const isLastEnough = status !== "running" && Object.keys(record.value.final).length > 0;
  return readPart(files, file, old?.metrics, () =>
    isLastEnough ? readLastMetrics(files, file) : readLatestMetrics(files, file),
  );
}

/** The old part, where the file is as it was. */
function readPart<T>(
  files: RunListFiles,
  file: string,
  old: Part<T> | undefined,
  read: (file: string) => Part<T>,
): Part<T> {
  return old !== undefined && isSameState(old.state, files.stat(file)) ? old : read(file);
}

function shown(
  folder: string,
  status: RunStatus,
  {
    record: { record, final },
    notes,
    metrics,
  }: Omit<Parts, "record"> & {
    readonly record: ParsedListedRecord;
  },
): ListedFolder {
  const damage = typeof notes.value === "string" ? notes.value : undefined;
  const readable = typeof notes.value === "string" ? NO_NOTES : notes.value;
  const { step, epoch, latest } = metrics.value;
  const run: RunListEntry = {
    id: folder.slice(folder.lastIndexOf("/") + 1),
    folder,
    name: readable.name ?? record.name,
    notes: readable,
    status,
    started: record.started,
    record: { ...record, status },
    step: record.reached?.step ?? step,
    epoch: record.reached?.epoch ?? epoch,
    latest: { ...final, ...listedMetrics(latest) },
  };
  return damage === undefined ? { folder, run } : { folder, run, problem: damage };
}

function recordOf(
  bytes: Uint8Array | undefined,
  state: FileState | undefined,
): ParsedListedRecord | string {
  if (bytes === undefined || state === undefined) return `${RUN_FILES.record} is missing`;
  const excess = excessOf(state, MAX_RECORD_BYTES);
  if (excess !== undefined) return `${RUN_FILES.record} has ${excess}`;
  const record = parsed(decodeUtf8Lossy(bytes));
  return typeof record === "string" ? `${RUN_FILES.record}: ${record}` : record;
}

function parsed(text: string): ParsedListedRecord | string {
  try {
    return parseListedRecord(JSON.parse(text));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function notesOf(bytes: Uint8Array | undefined, state: FileState | undefined): RunNotes | string {
  if (bytes === undefined || state === undefined) return NO_NOTES;
  const excess = excessOf(state, MAX_NOTES_BYTES);
  if (excess !== undefined) return `${RUN_FILES.notes} has ${excess}`;
  return storedNotes(bytes);
}
