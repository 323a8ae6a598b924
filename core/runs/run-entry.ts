import { decodeUtf8Lossy } from "../formats/utf8.ts";
import { RUN_FILES, type RunRecord, type RunStatus } from "../protocol/run-files.ts";
import { NO_NOTES, parseRunNotes, type RunNotes } from "../protocol/run-notes.ts";
import type { RunListEntry, RunListProblem } from "../protocol/run-worker.ts";
import { type LatestMetrics, NO_METRICS, readLatestMetrics } from "./latest-metrics.ts";
import type { IsAlive } from "./process-liveness.ts";
import { type FileState, type RunFileSystem, readWhole } from "./run-file-system.ts";
import { readStoredRecord, resolvedStatus } from "./run-record.ts";

/** One run folder as a list shows it; a run whose notes are damaged is both. */
export interface ReadEntry {
  readonly run?: RunListEntry;
  readonly problem?: RunListProblem;
  /** What was read of each file, and the state that the file had before. */
  readonly parts?: Parts;
}

interface Parts {
  readonly record: Part<RunRecord | string>;
  readonly metrics: Part<LatestMetrics>;
  readonly notes: Part<RunNotes | string>;
}

interface Part<T> {
  readonly state: FileState | undefined;
  readonly value: T;
}

interface Place {
  readonly folder: string;
  readonly isAlive: IsAlive;
}

const NOTES_MAX_BYTES = 1024 * 1024;

/**
 * Reads what a list shows of a run folder, and of that only files whose state differs from the one
 * in `before`. The metrics of a run that has ended are at rest, so they are not even looked at.
 */
export async function readRunEntry(
  files: RunFileSystem,
  { folder, isAlive }: Place,
  before: ReadEntry | undefined,
): Promise<ReadEntry> {
  try {
    const old = before?.parts;
    const record = await readPart(files, `${folder}/${RUN_FILES.record}`, old?.record, () =>
      readStoredRecord(files, folder),
    );
    const notes = await readPart(files, `${folder}/${RUN_FILES.notes}`, old?.notes, (file) =>
      readNotes(files, file),
    );
    const metrics = await readMetrics(files, folder, { record, old });
    const parts = { record, notes, metrics };
    if (typeof record.value === "string") {
      return { problem: { folder, message: record.value }, parts };
    }
    const status = await resolvedStatus(record.value, isAlive);
    const isSame = record === old?.record && notes === old.notes && metrics === old.metrics;
    if (isSame && before?.run?.status === status) return before;
    return { ...shown(folder, status, { ...parts, record: record.value }), parts };
  } catch (error) {
    // A folder that may not be read is one problem, not the end of the list.
    return { problem: { folder, message: error instanceof Error ? error.message : String(error) } };
  }
}

function shown(
  folder: string,
  status: RunStatus,
  { record, notes, metrics }: Omit<Parts, "record"> & { readonly record: RunRecord },
): Pick<ReadEntry, "run" | "problem"> {
  const damage = typeof notes.value === "string" ? notes.value : undefined;
  const readable = typeof notes.value === "string" ? NO_NOTES : notes.value;
  const run = {
    id: folder.slice(folder.lastIndexOf("/") + 1),
    folder,
    name: readable.name ?? record.name,
    notes: readable,
    status,
    started: record.started,
    record: { ...record, status },
    ...metrics.value,
  };
  return damage === undefined ? { run } : { run, problem: { folder, message: damage } };
}

async function readMetrics(
  files: RunFileSystem,
  folder: string,
  { record, old }: { readonly record: Part<RunRecord | string>; readonly old: Parts | undefined },
): Promise<Part<LatestMetrics>> {
  if (typeof record.value === "string") return { state: undefined, value: NO_METRICS };
  const hasEnded = record.value.status !== "running";
  if (hasEnded && old !== undefined && record === old.record) return old.metrics;
  return readPart(files, `${folder}/${RUN_FILES.metrics}`, old?.metrics, (file, state) =>
    readLatestMetrics(files, file, state?.sizeBytes ?? 0),
  );
}

/** The old part, where the file is as it was. */
async function readPart<T>(
  files: RunFileSystem,
  file: string,
  old: Part<T> | undefined,
  read: (file: string, state: FileState | undefined) => Promise<T>,
): Promise<Part<T>> {
  const state = await files.stat(file);
  if (old !== undefined && isSame(old.state, state)) return old;
  return { state, value: await read(file, state) };
}

function isSame(a: FileState | undefined, b: FileState | undefined): boolean {
  return (
    a?.identity === b?.identity && a?.sizeBytes === b?.sizeBytes && a?.modifiedMs === b?.modifiedMs
  );
}

async function readNotes(files: RunFileSystem, file: string): Promise<RunNotes | string> {
  const bytes = await readWhole(files, file, NOTES_MAX_BYTES);
  if (bytes === undefined) return NO_NOTES;
  if (typeof bytes === "string") return `${RUN_FILES.notes} has ${bytes}`;
  const notes = parseRunNotes(decodeUtf8Lossy(bytes));
  return typeof notes === "string" ? `${RUN_FILES.notes}: ${notes}` : notes;
}
