import type { OtherRun } from "../protocol/panel/others.ts";
import { RUN_FILES, type RunRecord } from "../protocol/run-files.ts";
import { NO_NOTES, type RunNotes } from "../protocol/run-notes.ts";
import { hasEnded } from "../protocol/run-worker.ts";
import type { IsAlive } from "./process-liveness.ts";
import { type FileState, isSameState, type RunFileSystem } from "./run-file-system.ts";
import { runHeader } from "./run-header.ts";
import { readStoredRecord, resolvedStatus } from "./run-record.ts";
import { readRunNotes } from "./stored-notes.ts";

export interface OthersReader {
  /** Runs to be read from the next update on. */
  show(folders: readonly string[]): void;
  /** The runs in the order asked for, without those that cannot be read; nothing where nothing is new. */
  update(): Promise<readonly OtherRun[] | undefined>;
  /** True when the last update found none of them running. */
  haveEnded(): boolean;
}

interface Deps {
  readonly files: RunFileSystem;
  readonly isAlive: IsAlive;
  readonly report: (problem: string) => void;
}

/** What was read of a run, and the states that its files had then. */
interface Known {
  readonly states: readonly (FileState | undefined)[];
  readonly record: RunRecord | string;
  readonly notes: RunNotes | string;
}

/** Files that are as they were are not read again. */
async function readKnown(
  files: RunFileSystem,
  folder: string,
  old: Known | undefined,
): Promise<Known> {
  const names = [RUN_FILES.record, RUN_FILES.notes];
  const states = await Promise.all(names.map((name) => files.stat(`${folder}/${name}`)));
  if (old !== undefined && states.every((state, index) => isSameState(state, old.states[index]))) {
    return old;
  }
  return {
    states,
    record: await readStoredRecord(files, folder),
    notes: await readRunNotes(files, folder),
  };
}

async function otherRun(
  key: string,
  { record, notes }: Known,
  isAlive: IsAlive,
): Promise<OtherRun | undefined> {
  if (typeof record === "string") return undefined;
  const { name = record.name, baseline } = typeof notes === "string" ? NO_NOTES : notes;
  const status = await resolvedStatus(record, isAlive);
  const header = { ...runHeader({ ...record, status }, 0), name };
  return { key, isBaseline: baseline === true, header };
}

/** Reads the runs that are shown over another. */
export function createOthersReader({ files, isAlive, report }: Deps): OthersReader {
  const known = new Map<string, Known>();
  let wanted: readonly string[] = [];
  let sent = "[]";
  let haveEnded = true;
  return {
    show(folders) {
      wanted = folders;
      for (const folder of known.keys()) if (!folders.includes(folder)) known.delete(folder);
    },
    async update() {
      const others: OtherRun[] = [];
      for (const folder of wanted) {
        const found = await readKnown(files, folder, known.get(folder));
        known.set(folder, found);
        for (const problem of [found.record, found.notes]) {
          if (typeof problem === "string") report(`${folder}: ${problem}`);
        }
        const other = await otherRun(folder, found, isAlive);
        if (other !== undefined) others.push(other);
      }
      haveEnded = others.every(({ header }) => hasEnded(header.status));
      const text = JSON.stringify(others);
      if (text === sent) return undefined;
      sent = text;
      return others;
    },
    haveEnded: () => haveEnded,
  };
}
