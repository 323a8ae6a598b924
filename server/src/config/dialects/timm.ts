import type { ConfigDialect } from "../config-dialect.ts";

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
      regularization: [
        "weight_decay",
        "drop_path",
        "smoothing",
        "layer_decay",
        "clip_grad",
        "drop_block",
      ],
      neighbours: ["drop", "decay_rate", "decay_epochs", "decay_milestones", "drop_connect"],
      unknownKeys: "ignored",
    },
  ],
};
