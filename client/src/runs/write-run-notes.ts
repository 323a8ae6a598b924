import { rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { RUN_FILES } from "../../../core/protocol/run-files.ts";
import { type RunNotes, runNotesText } from "../../../core/protocol/run-notes.ts";

/** Replaces the notes of a run; a reader sees the old ones or the new ones, never half. */
export async function writeRunNotes(folder: string, notes: RunNotes): Promise<void> {
  const file = path.join(folder, RUN_FILES.notes);
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, runNotesText(notes));
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
