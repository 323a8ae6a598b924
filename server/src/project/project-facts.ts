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

/** What one document may know of the others. */
export interface ProjectFacts {
  /** Loader that code of the workspace uses for this file, `undefined` when no code was seen to open it. */
  loaderOf(path: string): YamlLoader | undefined;
  /** Whether code of the workspace reads a key or attribute of this name. */
  readsKey?(key: string): boolean;
  /** Whether code of the workspace turns a value of this name into a number, `float(cfg["lr"])`. */
  castsKey?(key: string): boolean;
  /** The file that `from` imports as `module` (`.net`, `models.net`); `undefined` for libraries. */
  pythonModule?(module: string, from: string): PythonSource | undefined;
}

export const NO_PROJECT: ProjectFacts = { loaderOf: () => undefined };
