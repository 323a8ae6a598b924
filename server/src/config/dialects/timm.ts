import type { ConfigDialect } from "../config-dialect.ts";
import { number } from "../dialect-key.ts";

/** timm's `train.py --config`: argparse defaults, so text is converted by the argument's type and unknown keys are dropped. */
export const timm: ConfigDialect = {
  name: "timm",
  title: "timm",
  languages: ["yaml"],
  signature: [
    "opt",
    "sched",
    "drop_path",
    "reprob",
    "model_ema",
    "mixup",
    "cutmix",
    "aa",
    "warmup_lr",
    "min_lr",
    "opt_eps",
    "decay_rate",
    "input_size",
    "train_interpolation",
  ],
  isFoundation: false,
  fileNames: undefined,
  loader: "pyyaml",
  isTyped: true,
  untyped: [],
  sections: [
    {
      at: "",
      keys: [
        number("weight_decay", { default: 2e-5, isNullable: true }),
        number("drop_path", { default: null, isNullable: true }),
        number("smoothing", { default: 0.1, isNullable: true }),
        number("layer_decay", { default: null, isNullable: true }),
        number("clip_grad", { default: null, isNullable: true }),
        number("drop_block", { default: null, isNullable: true }),
      ],
      neighbours: ["drop", "decay_rate", "decay_epochs", "decay_milestones", "drop_connect"],
      unknownKeys: "ignored",
    },
  ],
};
