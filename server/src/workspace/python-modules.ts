import { statSync } from "node:fs";
import path from "node:path";
import type { PythonSource } from "../project/project-facts.ts";
import { isProjectRoot } from "./project-root.ts";
import { readSourceNow } from "./read-source.ts";

/** Larger files are data, not model code. */
const MOST_BYTES = 1_000_000;
/** Files that are kept; a training script imports a handful. */
const MOST_FILES = 64;
/** Folders above a file from which its absolute imports may start. */
const MOST_FOLDERS = 6;

/**
 * Finds the module that a file imports among the files around it: `.net` from its own folder,
 * `models.net` also from the folders above, up to the root of its project.
 */
export function pythonModules(): (module: string, from: string) => PythonSource | undefined {
  const files = new Map<string, { readonly changed: number; readonly source: PythonSource }>();
  const read = (file: string): PythonSource | undefined => {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined || !stat.isFile() || stat.size > MOST_BYTES) return undefined;
    const known = files.get(file);
    if (known?.changed === stat.mtimeMs) return known.source;
    // A file that is no text says so itself when it is checked.
    const text = readSourceNow(file)?.text;
    if (text === undefined) return undefined;
    const [oldest] = files.keys();
    if (oldest !== undefined && files.size >= MOST_FILES) files.delete(oldest);
    const source = { path: file, text };
    files.set(file, { changed: stat.mtimeMs, source });
    return source;
  };
  return (module, from) => {
    for (const file of candidates(module, from)) {
      const source = read(file);
      if (source !== undefined) return source;
    }
    return undefined;
  };
}

function candidates(module: string, from: string): string[] {
  if (!path.isAbsolute(from) || !/^\.*\w*(?:\.\w+)*$/.test(module)) return [];
  const dots = module.length - module.replace(/^\.+/, "").length;
  const steps = module.slice(dots).split(".").filter(Boolean);
  const own = path.dirname(from);
  const folders =
    dots > 0 ? [path.resolve(own, ...Array(dots - 1).fill(".."))] : importFolders(own);
  return folders.flatMap((folder) => {
    const base = path.join(folder, ...steps);
    return steps.length === 0
      ? [path.join(base, "__init__.py")]
      : [`${base}.py`, path.join(base, "__init__.py")];
  });
}

function importFolders(own: string): string[] {
  const folders: string[] = [];
  for (let folder = own; folders.length < MOST_FOLDERS; folder = path.dirname(folder)) {
    folders.push(folder);
    const isRoot = isProjectRoot(folder);
    if (isRoot) folders.push(path.join(folder, "src"));
    if (isRoot || path.dirname(folder) === folder) break;
  }
  return folders;
}
