import { existsSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";

/**
 * Makes a folder and those above it that are missing.
 *
 * Node's own `recursive` never returns where the file system says of an existing folder that it does
 * not exist, as Linux does of /proc.
 *
 * @throws What the operating system says of the first folder that cannot be made.
 */
export function makeFolders(folder: string): void {
  const missing: string[] = [];
  let above = path.resolve(folder);
  while (!existsSync(above)) {
    missing.push(above);
    above = path.dirname(above);
  }
  for (const each of missing.toReversed()) makeFolder(each);
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have been faster.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
    const isUnknown = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw isUnknown ? new Error(`no folder can be made in ${path.dirname(folder)}`) : error;
  }
}
