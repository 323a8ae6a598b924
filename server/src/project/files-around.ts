import { stepsOf } from "./path-steps.ts";
import type { FilesAround } from "./project-facts.ts";
import { hasWord, wordHash } from "./words-in.ts";
import type { FileUse } from "./workspace-facts.ts";

/** How far imports are followed: a script, its builder, the builder's parts. */
const MOST_HOPS = 4;

/** See {@link ProjectFacts.filesAround}; `isReader` tells who loads `path` as a config. */
export function filesAround(
  path: string,
  names: readonly string[],
  files: readonly FileUse[],
  isReader: (file: FileUse) => boolean,
): FilesAround {
  const own = moduleOf(path);
  const near = files.filter(
    (file) =>
      file.path !== path && (isReader(file) || isNaming(file, names) || mayImport(file, own)),
  );
  let reached: readonly FileUse[] | undefined;
  return {
    isMentioned(word) {
      reached ??= withImports(near, files).filter((file) => file.path !== path);
      return reached.some(({ words }) => words !== undefined && hasWord(words, word));
    },
    isSpreading: near.some(({ isSpreading }) => isSpreading),
    optimizers: near.flatMap(({ optimizers }) => optimizers),
  };
}

function isNaming({ words }: FileUse, names: readonly string[]): boolean {
  return words !== undefined && names.some((name) => hasWord(words, name));
}

/** A Python file as an import names it: `net` for `models/net.py`, `models` for its `__init__.py`. */
interface Module {
  readonly name: string;
  readonly folders: readonly string[];
}

function moduleOf(path: string): Module {
  const folders = [...stepsOf(path)];
  const name = folders.pop()?.replace(/\.\w+$/, "") ?? "";
  return name === "__init__" ? { name: folders.pop() ?? "", folders } : { name, folders };
}

/**
 * Told by the module's last name and by where it lies: in the importer's folder or below, in a
 * folder above, or in one that the import names. Whoever changes `sys.path` imports from anywhere.
 */
function mayImport({ imports, path }: FileUse, { name, folders }: Module): boolean {
  if (imports === undefined || !hasWord(imports, name)) return false;
  if (hasWord(imports, folders.at(-1) ?? "") || hasWord(imports, "sys")) return true;
  const own = stepsOf(path).slice(0, -1);
  return isBelow(folders, own) || isBelow(own, folders);
}

/** Whether `folders` is `top` or lies in it. */
function isBelow(folders: readonly string[], top: readonly string[]): boolean {
  return top.every((step, index) => folders[index] === step);
}

type PlacedFile = Module & { readonly file: FileUse };
type ByName = ReadonlyMap<number, readonly PlacedFile[]>;

const byName = new WeakMap<readonly FileUse[], ByName>();

/** All files by the hash of their module's name: imports are kept as such hashes. */
function filesByName(files: readonly FileUse[]): ByName {
  const known = byName.get(files);
  if (known !== undefined) return known;
  const found = new Map<number, PlacedFile[]>();
  for (const file of files) {
    const placed = { file, ...moduleOf(file.path) };
    const hash = wordHash(placed.name);
    found.set(hash, [...(found.get(hash) ?? []), placed]);
  }
  byName.set(files, found);
  return found;
}

function withImports(near: readonly FileUse[], files: readonly FileUse[]): readonly FileUse[] {
  const modules = filesByName(files);
  const reached = new Set(near);
  let added = near;
  for (let hop = 0; hop < MOST_HOPS && added.length > 0; hop += 1) {
    const next = added.flatMap((importer) =>
      [...(importer.imports ?? [])]
        .flatMap((hash) => modules.get(hash) ?? [])
        .filter((placed) => !reached.has(placed.file) && mayImport(importer, placed)),
    );
    added = [...new Set(next.map(({ file }) => file))];
    for (const file of added) reached.add(file);
  }
  return [...reached];
}
