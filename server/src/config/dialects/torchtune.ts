import type { ConfigDialect } from "../config-dialect.ts";
import { number, numbers } from "../dialect-key.ts";

/** torchtune recipe: OmegaConf; the keys beside `_component_` are arguments of the component. */
export const torchtune: ConfigDialect = {
  name: "torchtune",
  title: "torchtune",
  languages: ["yaml"],
  signature: [
    "model._component_",
    "tokenizer._component_",
    "optimizer._component_",
    "checkpointer._component_",
    "loss._component_",
    "dataset._component_",
    "lr_scheduler._component_",
    "metric_logger._component_",
  ],
  isFoundation: false,
  fileNames: undefined,
  loader: "omegaconf",
  isTyped: false,
  untyped: [],
  misplaced: [{ keys: ["weight_decay", "betas"], at: "", belongs: "optimizer", fate: "ignored" }],
  sections: [
    {
      at: "optimizer",
      keys: [number("weight_decay"), numbers("betas"), number("momentum")],
      neighbours: [],
      unknownKeys: "rejected",
    },
    {
      at: "model",
      keys: [number("lora_dropout"), number("lora_alpha"), number("attn_dropout")],
      neighbours: ["lora_rank"],
      unknownKeys: "rejected",
    },
  ],
};
