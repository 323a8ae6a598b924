import type { ConfigDialect } from "../config-dialect.ts";

/** SpeechBrain's YAML with `!new:` and `!ref`: loaded by ruamel.yaml since 1.2; keys are the user's own. */
export const hyperpyyaml: ConfigDialect = {
  name: "hyperpyyaml",
  title: "HyperPyYAML",
  languages: ["yaml"],
  signature: [],
  isFoundation: false,
  fileNames: undefined,
  loader: "ruamel",
  isTyped: false,
  untyped: [],
  marks: ["!new:", "!name:", "!apply:", "!ref <"],
  sections: [],
};
