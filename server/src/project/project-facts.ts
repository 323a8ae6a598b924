/** Which library turns a YAML file into values; decides whether `1e-2` is a number. */
export type YamlLoader = "pyyaml" | "omegaconf" | "ruamel" | "pydantic" | "unknown";

/** What one document may know of the others. */
export interface ProjectFacts {
  /** Loader that code of the workspace uses for this file, `undefined` when no code was seen to open it. */
  loaderOf(path: string): YamlLoader | undefined;
}

export const NO_PROJECT: ProjectFacts = { loaderOf: () => undefined };
