import type { ProjectFacts, YamlLoader } from "./project-facts.ts";
import type { PythonConfigUse } from "./python-config-use.ts";
import { hasWord, type Words } from "./words-in.ts";

/** What is kept of one Python file. */
export interface PythonFileUse {
  readonly path: string;
  readonly words: Words;
  /** `undefined` for files that load no config. */
  readonly use: PythonConfigUse | undefined;
}

/** Joins what the Python files of a workspace do with config files. */
export function workspaceFacts(files: readonly PythonFileUse[]): ProjectFacts {
  const uses = files.flatMap(({ use }) => (use === undefined ? [] : [use]));
  const links = uses.flatMap(linksOf);
  const folders = uses.flatMap(({ hydraFolders }) => hydraFolders).map(stepsOf);
  const casts = new Set(uses.flatMap((use) => use.casts));
  const tolerant = onlyTolerantLoader(uses);
  return {
    loaderOf(path) {
      const steps = stepsOf(path);
      const loaders = new Set(
        links.filter((link) => endsWith(steps, link.steps)).map(({ loader }) => loader),
      );
      if (loaders.size === 0 && folders.some((folder) => contains(steps, folder))) {
        return "omegaconf";
      }
      const [loader] = loaders;
      return loaders.size > 1 ? "unknown" : (loader ?? tolerant);
    },
    readsKey: (key) => files.some(({ words }) => hasWord(words, key)),
    castsKey: (key) => casts.has(key),
  };
}

/** Files a script loads by name; a name that is known only at run time is one that it mentions. */
function linksOf(use: PythonConfigUse): { steps: readonly string[]; loader: YamlLoader }[] {
  const named = use.loads.flatMap(({ loader, path }) =>
    path === undefined ? [] : [{ steps: stepsOf(path), loader }],
  );
  const dynamic = use.loads.filter(({ path }) => path === undefined);
  const mentioned = dynamic.flatMap(({ loader }) =>
    use.mentions.map((path) => ({ steps: stepsOf(path), loader })),
  );
  return [...named, ...mentioned].filter(({ steps }) => steps.length > 0);
}

/** The loader of a workspace that has one and whose one is not PyYAML. */
function onlyTolerantLoader(uses: readonly PythonConfigUse[]): YamlLoader | undefined {
  const [loader, ...others] = new Set(
    uses.flatMap(({ loads, hydraFolders }) => [
      ...loads.map((load) => load.loader),
      ...hydraFolders.map((): YamlLoader => "omegaconf"),
    ]),
  );
  return others.length > 0 || loader === "pyyaml" ? undefined : loader;
}

/** Folders and name of a path; steps that only say where to start from are left out. */
function stepsOf(path: string): readonly string[] {
  return path.split(/[\\/]+/).filter((step) => !["", ".", ".."].includes(step));
}

function endsWith(path: readonly string[], end: readonly string[]): boolean {
  return end.every((step, index) => path[path.length - end.length + index] === step);
}

/** Whether `folder` is one of the folders that lead to `path`. */
function contains(path: readonly string[], folder: readonly string[]): boolean {
  if (folder.length === 0) return false;
  return path.some(
    (_step, start) =>
      start + folder.length < path.length &&
      folder.every((step, index) => path[start + index] === step),
  );
}
