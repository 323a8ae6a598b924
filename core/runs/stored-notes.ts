import { decodeUtf8Lossy } from "../formats/utf8.ts";
import { RUN_FILES } from "../protocol/run-files.ts";
import { NO_NOTES, parseRunNotes, type RunNotes } from "../protocol/run-notes.ts";
import { type RunFileSystem, readWhole } from "./run-file-system.ts";

export const MAX_NOTES_BYTES = 1024 * 1024;

/** `notes.json` of a run folder, or what is wrong with it; a run without one has no notes. */
export async function readRunNotes(
  files: RunFileSystem,
  folder: string,
): Promise<RunNotes | string> {
  const bytes = await readWhole(files, `${folder}/${RUN_FILES.notes}`, MAX_NOTES_BYTES);
  if (bytes === undefined) return NO_NOTES;
  return typeof bytes === "string" ? `${RUN_FILES.notes} has ${bytes}` : storedNotes(bytes);
}

/** Notes in the bytes of a `notes.json`, or what is wrong with them. */
export function storedNotes(bytes: Uint8Array): RunNotes | string {
  const notes = parseRunNotes(decodeUtf8Lossy(bytes));
  return typeof notes === "string" ? `${RUN_FILES.notes}: ${notes}` : notes;
}
