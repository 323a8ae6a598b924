import { filesAround } from "./files-around.ts";
import { stepsOf } from "./path-steps.ts";
import type { BareOptimizer, DeepspeedUse, ProjectFacts, YamlLoader } from "./project-facts.ts";
import type { PythonConfigUse } from "./python-config-use.ts";
import { hasWord, type Words } from "./words-in.ts";

/** What is kept of one file; plain data. */
export interface FileUse {
  readonly path: string;
  /** Of Python files only: what others say is no code that reads. */
  readonly words: Words | undefined;
  /** Words of its import statements. */
  readonly imports: Words | undefined;
  /** `undefined` for files that load no config. */
  readonly use: PythonConfigUse | undefined;
  readonly deepspeed: readonly DeepspeedUse[];
  readonly optimizers: readonly BareOptimizer[];
  /** Whether all values of a config may be read at once: `**vars(args)`, `instantiate(cfg)`. */
  readonly isSpreading: boolean;
}

/** Joins what the Python files of a workspace do with config files. */
export function workspaceFacts(files: readonly FileUse[]): ProjectFacts {
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
    readsKey: (key) => files.some(({ words }) => words !== undefined && hasWord(words, key)),
    castsKey: (key) => casts.has(key),
    deepspeedUses(path) {
      const steps = stepsOf(path);
      return files.flatMap(({ deepspeed }) =>
        deepspeed.filter(({ config }) => endsWith(steps, stepsOf(config))),
      );
    },
    filesAround(path, names) {
      const steps = stepsOf(path);
      const isReader = ({ use }: FileUse) =>
        use !== undefined && linksOf(use).some((link) => endsWith(steps, link.steps));
      return filesAround(path, names, files, isReader);
    },
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
