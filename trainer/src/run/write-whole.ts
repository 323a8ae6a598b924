import { renameSync, writeFileSync } from "node:fs";

/** Replaces a file so that a reader, or a crash, sees the old content or the new one, never half. */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}
