// Where a set-up puts what it fetched, and what it remembers of it there.
import { existsSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { SetupError } from "./setup-error.mjs";

/**
 * The folder behind `variable` where that is set; else `.<name>/` of `root`, or with `--user` the
 * user's data folder, where an installed extension finds it.
 */
export function targetFolder(root, { name, variable }) {
  const chosen = process.env[variable];
  if (chosen) return path.resolve(chosen);
  if (!process.argv.includes("--user")) return path.join(root, `.${name}`);
  const data = process.env.XDG_DATA_HOME || path.join(homedir(), ".local/share");
  return path.join(data, "normlens", name);
}

export function requireSpace(folder, bytes, { what, variable }) {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= bytes) return;
  throw new SetupError(
    `${what} needs ${megabytes(bytes)} MB in ${folder} and ${megabytes(bavail * bsize)} MB are free: make room, or name another folder in ${variable}.`,
  );
}

export function megabytes(bytes) {
  return Math.round(bytes / 1e6);
}

/** What an earlier run noted in `file` as built; `undefined` where there is nothing to trust. */
export function builtFrom(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8"))?.built;
  } catch {
    // A note that was cut off says nothing.
    return undefined;
  }
}

export function noteBuilt(file, value) {
  writeFileSync(file, JSON.stringify({ built: value }));
}
