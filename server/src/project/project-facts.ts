import type { FilePlace } from "./file-place.ts";

/**
 * Which library turns a YAML file into values; decides whether `1e-2` is a number.
 * `pyyaml-patched` is PyYAML with a float resolver of its own, which then knows `1e-2`; `yacs` is
 * PyYAML whose texts are read once more as Python literals.
 */
export type YamlLoader =
  | "pyyaml"
  | "pyyaml-patched"
  | "omegaconf"
  | "ruamel"
  | "pydantic"
  | "yacs"
  | "unknown";

/** A Python file of the workspace; the same object as long as it has not changed. */
export interface PythonSource {
  readonly path: string;
  readonly text: string;
}

/** A number that a file gives to a training argument. */
export interface TrainingValue {
  /** `weight_decay`, by its name among `TrainingArguments`. */
  readonly name: string;
  readonly value: number;
  readonly place: FilePlace;
}

/** Training that is told to use a DeepSpeed config. */
export interface DeepspeedUse {
  /** End of the config's path, as it is written. */
  readonly config: string;
  readonly values: readonly TrainingValue[];
}

/** An optimizer that is built without a weight decay, in a file that speaks of none. */
export interface BareOptimizer {
  readonly name: string;
  readonly place: FilePlace;
}

/** Files that may get at the values of another file: they name it, load it or import it. */
export interface FilesAround {
  /** Whether one of them, or a file that they import, has the word, in code, text or comment. */
  isMentioned(word: string): boolean;
  /** Whether one of them may read all values at once: `**vars(args)`, `instantiate(cfg)`. */
  readonly isSpreading: boolean;
  readonly optimizers: readonly BareOptimizer[];
}

/** What one document may know of the others. */
export interface ProjectFacts {
  /** Loader that code of the workspace uses for this file, `undefined` when no code was seen to open it. */
  loaderOf(path: string): YamlLoader | undefined;
  /** Whether code of the workspace reads a key or attribute of this name. */
  readsKey?(key: string): boolean;
  /** Whether code of the workspace turns a value of this name into a number, `float(cfg["lr"])`. */
  castsKey?(key: string): boolean;
  /** Training arguments of those that run with the DeepSpeed config at `path`. */
  deepspeedUses?(path: string): readonly DeepspeedUse[];
  /** The Python files that may use what `path` declares under `names`, or that load it as a config. */
  filesAround?(path: string, names: readonly string[]): FilesAround;
  /** The file that `from` imports as `module` (`.net`, `models.net`); `undefined` for libraries. */
  pythonModule?(module: string, from: string): PythonSource | undefined;
}

export const NO_PROJECT: ProjectFacts = { loaderOf: () => undefined };
