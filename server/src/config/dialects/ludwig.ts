import type { ConfigDialect } from "../config-dialect.ts";
import { number, numbers, text } from "../dialect-key.ts";

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
  misplaced: [
    { keys: ["regularization_lambda"], at: "", belongs: "trainer", fate: "rejected" },
    {
      keys: ["weight_decay", "betas"],
      at: "trainer",
      belongs: "trainer.optimizer",
      fate: "rejected",
    },
  ],
  sections: [
    {
      at: "trainer",
      keys: [number("regularization_lambda", { default: 0 }), text("regularization_type")],
      neighbours: [],
      unknownKeys: "rejected",
    },
    {
      at: "combiner",
      keys: [number("dropout")],
      neighbours: [],
      unknownKeys: "rejected",
    },
    {
      at: "trainer.optimizer",
      keys: [number("weight_decay"), numbers("betas"), number("momentum")],
      neighbours: [],
      unknownKeys: "rejected",
    },
  ],
};
