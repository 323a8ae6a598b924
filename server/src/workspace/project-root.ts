import { existsSync } from "node:fs";
import path from "node:path";

const SIGNS = [".git", "pyproject.toml", "setup.py", "normlens.toml"];

/** True for a folder that looks like the root of a project. */
export function isProjectRoot(folder: string): boolean {
  return SIGNS.some((sign) => existsSync(path.join(folder, sign)));
}

/** The folder whose code may open `file`: the nearest root of a project above it, else its own. */
export function projectRootOf(file: string): string {
  const own = path.dirname(file);
  for (let folder = own; ; folder = path.dirname(folder)) {
    if (isProjectRoot(folder)) return folder;
    if (path.dirname(folder) === folder) return own;
  }
}
