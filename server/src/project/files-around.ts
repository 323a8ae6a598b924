import { stepsOf } from "./path-steps.ts";
import type { FilesAround } from "./project-facts.ts";
import { hasWord } from "./words-in.ts";
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
  const near = files.filter(
    (file) =>
      file.path !== path && (isReader(file) || isNaming(file, names) || imports(file, path)),
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

/**
 * Told by the module's last name and by where it lies: in the importer's folder or below, in a
 * folder above, or in one that the import names. Whoever changes `sys.path` imports from anywhere.
 */
function imports({ imports: words, path: importer }: FileUse, path: string): boolean {
  const folders = [...stepsOf(path)];
  const own = stepsOf(importer).slice(0, -1);
  const name = folders.pop()?.replace(/\.\w+$/, "") ?? "";
  const module = name === "__init__" ? (folders.pop() ?? "") : name;
  if (words === undefined || !hasWord(words, module)) return false;
  const holder = folders.at(-1) ?? "";
  return (
    isBelow(folders, own) ||
    isBelow(own, folders) ||
    hasWord(words, holder) ||
    hasWord(words, "sys")
  );
}

/** Whether `folders` is `top` or lies in it. */
function isBelow(folders: readonly string[], top: readonly string[]): boolean {
  return top.every((step, index) => folders[index] === step);
}

function withImports(near: readonly FileUse[], files: readonly FileUse[]): readonly FileUse[] {
  const reached = new Set(near);
  let added = near;
  for (let hop = 0; hop < MOST_HOPS && added.length > 0; hop += 1) {
    const from = added;
    added = files.filter(
      (file) => !reached.has(file) && from.some((importer) => imports(importer, file.path)),
    );
    for (const file of added) reached.add(file);
  }
  return [...reached];
}
