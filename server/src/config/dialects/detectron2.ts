import type { ConfigDialect } from "../config-dialect.ts";
import { number } from "../dialect-key.ts";

/** Detectron2's YAML: yacs evaluates text that looks like a literal; projects add keys of their own. */
export const detectron2: ConfigDialect = {
  name: "detectron2",
  title: "Detectron2",
  languages: ["yaml"],
  signature: [
    "_BASE_",
    "MODEL",
    "MODEL.META_ARCHITECTURE",
    "MODEL.WEIGHTS",
    "SOLVER",
    "SOLVER.IMS_PER_BATCH",
    "SOLVER.BASE_LR",
    "SOLVER.STEPS",
    "SOLVER.MAX_ITER",
    "DATASETS.TRAIN",
    "DATASETS.TEST",
    "VERSION",
  ],
  isFoundation: false,
  fileNames: undefined,
  loader: "pyyaml",
  isTyped: true,
  untyped: [],
  misplaced: [
    {
      keys: ["WEIGHT_DECAY", "WEIGHT_DECAY_NORM", "WEIGHT_DECAY_BIAS"],
      at: "",
      belongs: "SOLVER",
      fate: "rejected",
    },
    {
      keys: ["WEIGHT_DECAY", "WEIGHT_DECAY_NORM", "WEIGHT_DECAY_BIAS"],
      at: "MODEL",
      belongs: "SOLVER",
      fate: "rejected",
    },
  ],
  sections: [
    {
      at: "SOLVER",
      keys: [
        number("WEIGHT_DECAY", { default: 1e-4 }),
        number("WEIGHT_DECAY_NORM", { default: 0, isNullable: true }),
        number("WEIGHT_DECAY_BIAS", { default: null, isNullable: true }),
        number("MOMENTUM", { default: 0.9 }),
      ],
      neighbours: [],
      unknownKeys: "rejected",
    },
  ],
};
