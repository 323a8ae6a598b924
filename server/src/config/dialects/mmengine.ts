import type { ConfigDialect } from "../config-dialect.ts";
import { number, numbers } from "../dialect-key.ts";

/** Configs of MMEngine and of the older MMCV: Python assignments, YAML or JSON; an optimizer's mapping is passed to its constructor. */
export const mmengine: ConfigDialect = {
  name: "mmengine",
  title: "MMEngine",
  languages: ["python", "yaml", "json"],
  signature: [
    "_base_",
    "optim_wrapper",
    "optim_wrapper.optimizer",
    "optim_wrapper.optimizer.type",
    "optimizer.type",
    "optimizer_config",
    "param_scheduler",
    "lr_config",
    "model.type",
    "train_cfg",
    "train_dataloader",
    "default_hooks",
    "runner",
  ],
  isFoundation: false,
  fileNames: undefined,
  loader: "pyyaml",
  isTyped: false,
  untyped: [],
  misplaced: [
    {
      keys: ["weight_decay", "betas", "momentum"],
      at: "optim_wrapper",
      belongs: "optim_wrapper.optimizer",
      fate: "rejected",
    },
    {
      keys: ["weight_decay", "momentum"],
      at: "optimizer_config",
      belongs: "optimizer",
      fate: "rejected",
    },
  ],
  sections: [
    {
      at: "optimizer",
      keys: [number("weight_decay"), numbers("betas"), number("momentum")],
      neighbours: ["paramwise_cfg"],
      unknownKeys: "rejected",
    },
    {
      at: "optim_wrapper.optimizer",
      keys: [number("weight_decay"), numbers("betas"), number("momentum")],
      neighbours: [],
      unknownKeys: "rejected",
    },
    {
      at: "optim_wrapper.paramwise_cfg",
      keys: [number("norm_decay_mult"), number("bias_decay_mult"), number("flat_decay_mult")],
      neighbours: ["bias_lr_mult"],
      unknownKeys: "ignored",
    },
  ],
};
