import type { ConfigDialect } from "../config-dialect.ts";
import { flag, number, numbers } from "../dialect-key.ts";

/** DeepSpeed's JSON: optimizer parameters go to the optimizer as they are. */
export const deepspeed: ConfigDialect = {
  name: "deepspeed",
  title: "DeepSpeed",
  languages: ["json"],
  signature: [
    "zero_optimization",
    "zero_optimization.stage",
    "train_micro_batch_size_per_gpu",
    "train_batch_size",
    "gradient_accumulation_steps",
    "gradient_clipping",
    "optimizer.type",
    "optimizer.params",
    "scheduler.params",
    "zero_allow_untested_optimizer",
    "steps_per_print",
  ],
  isFoundation: false,
  fileNames: /^(?:ds|deepspeed).*\.json$/,
  loader: "unknown",
  isTyped: false,
  untyped: [],
  misplaced: [
    { keys: ["weight_decay", "betas"], at: "", belongs: "optimizer.params", fate: "ignored" },
    {
      keys: ["weight_decay", "betas"],
      at: "optimizer",
      belongs: "optimizer.params",
      fate: "ignored",
    },
  ],
  sections: [
    {
      at: "optimizer.params",
      keys: [number("weight_decay"), numbers("betas"), number("momentum"), flag("adam_w_mode")],
      neighbours: ["torch_adam"],
      unknownKeys: "rejected",
    },
    {
      at: "",
      keys: [number("gradient_clipping", { default: 0 })],
      neighbours: [],
      unknownKeys: "ignored",
    },
  ],
};
