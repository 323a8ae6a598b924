import { renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Replaces a file so that a reader, or a crash, sees the old content or the new one, never half.
 *
 * A write that fails, on a full disk say, leaves nothing behind.
 */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
