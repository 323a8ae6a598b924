import type { ConfigDialect } from "../config-dialect.ts";
import { number, numbers } from "../dialect-key.ts";

/** Detectron2's Python configs: `optimizer = L(AdamW)(…)`, or `optimizer.weight_decay = …` on an imported one. */
export const detectron2Lazy: ConfigDialect = {
  name: "detectron2-lazy",
  title: "Detectron2 LazyConfig",
  languages: ["python"],
  signature: [
    "optimizer",
    "optimizer.lr",
    "optimizer.params",
    "optimizer.weight_decay",
    "model",
    "train",
    "train.max_iter",
    "dataloader",
    "lr_multiplier",
  ],
  isFoundation: false,
  fileNames: undefined,
  loader: "unknown",
  isTyped: false,
  untyped: [],

  sections: [
    {
      at: "optimizer",
      keys: [number("weight_decay"), numbers("betas"), number("momentum")],
      neighbours: [],
      unknownKeys: "rejected",
    },
  ],
};
