import type { ConfigDialect } from "../config-dialect.ts";

/** Ludwig: typed by pydantic after loading. */
export const ludwig: ConfigDialect = {
  name: "ludwig",
  title: "Ludwig",
  languages: ["yaml"],
  signature: [
    "input_features",
    "output_features",
    "trainer",
    "combiner",
    "preprocessing",
    "backend",
    "model_type",
  ],
  isFoundation: false,
  fileNames: undefined,
  loader: "pydantic",
  isTyped: true,
  untyped: [],
  sections: [
    {
      at: "trainer",
      regularization: ["regularization_lambda", "regularization_type"],
      neighbours: [],
      unknownKeys: "rejected",
    },
    {
      at: "combiner",
      regularization: ["dropout"],
      neighbours: [],
      unknownKeys: "rejected",
    },
    {
      at: "trainer.optimizer",
      regularization: ["weight_decay", "betas", "momentum"],
      neighbours: [],
      unknownKeys: "rejected",
    },
  ],
};
