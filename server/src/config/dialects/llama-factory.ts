import type { ConfigDialect } from "../config-dialect.ts";

/** LLaMA-Factory's training file: read by OmegaConf, then parsed into typed arguments. */
export const llamaFactory: ConfigDialect = {
  name: "llama-factory",
  title: "LLaMA-Factory",
  languages: ["yaml"],
  signature: [
    "stage",
    "finetuning_type",
    "template",
    "dataset_dir",
    "cutoff_len",
    "lora_target",
    "lora_rank",
    "val_size",
    "plot_loss",
    "overwrite_cache",
    "preprocessing_num_workers",
  ],
  isFoundation: false,
  fileNames: undefined,
  loader: "omegaconf",
  isTyped: false,
  untyped: [],
  sections: [
    {
      at: "",
      regularization: [
        "weight_decay",
        "label_smoothing_factor",
        "adam_beta1",
        "adam_beta2",
        "adam_epsilon",
        "max_grad_norm",
        "neftune_noise_alpha",
        "lora_dropout",
        "lora_alpha",
        "loraplus_lr_ratio",
        "galore_scale",
      ],
      neighbours: ["lora_rank", "lora_target"],
      unknownKeys: "rejected",
    },
  ],
};
