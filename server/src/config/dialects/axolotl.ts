import type { ConfigDialect } from "../config-dialect.ts";

/** Axolotl: PyYAML, then a pydantic model; optimizer arguments reach the optimizer as they were loaded. */
export const axolotl: ConfigDialect = {
  name: "axolotl",
  title: "Axolotl",
  languages: ["yaml"],
  signature: [
    "base_model",
    "micro_batch_size",
    "adapter",
    "sequence_len",
    "val_set_size",
    "num_epochs",
    "dataset_prepared_path",
    "datasets",
    "sample_packing",
    "load_in_8bit",
    "load_in_4bit",
    "lora_r",
  ],
  isFoundation: false,
  fileNames: /^axolotl.*\.ya?ml$/,
  loader: "pyyaml",
  isTyped: true,
  untyped: ["optim_args", "lr_scheduler_kwargs"],
  sections: [
    {
      at: "",
      regularization: [
        "weight_decay",
        "lora_dropout",
        "lora_alpha",
        "max_grad_norm",
        "adam_beta1",
        "adam_beta2",
        "adam_epsilon",
        "neftune_noise_alpha",
        "label_smoothing_factor",
        "loraplus_lr_ratio",
      ],
      neighbours: ["adam_beta3", "adam_epsilon2", "lora_r", "loraplus_lr_embedding"],
      unknownKeys: "rejected",
    },
  ],
};
