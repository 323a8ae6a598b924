import type { ConfigDialect } from "../config-dialect.ts";

/** Hydra or plain OmegaConf: values by OmegaConf; keys are the user's own. */
export const hydra: ConfigDialect = {
  name: "hydra",
  title: "Hydra",
  languages: ["yaml"],
  signature: [
    "defaults",
    "hydra",
    "hydra.run.dir",
    "hydra.sweep.dir",
    "hydra.job",
    "_target_",
    "*._target_",
    "*.*._target_",
  ],
  isFoundation: true,
  fileNames: undefined,
  loader: "omegaconf",
  isTyped: false,
  untyped: [],
  sections: [],
  marks: ["# @package "],
};
