import type { ConfigDialect } from "../config-dialect.ts";
import { number } from "../dialect-key.ts";

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
      keys: [
        number("weight_decay", { default: 0, isNullable: true }),
        number("lora_dropout", { isNullable: true }),
        number("lora_alpha", { isNullable: true }),
        number("max_grad_norm", { isNullable: true }),
        number("adam_beta1", { isNullable: true }),
        number("adam_beta2", { isNullable: true }),
        number("adam_epsilon", { isNullable: true }),
        number("neftune_noise_alpha", { isNullable: true }),
        number("label_smoothing_factor", { isNullable: true }),
        number("loraplus_lr_ratio", { isNullable: true }),
      ],
      neighbours: ["adam_beta3", "adam_epsilon2", "lora_r", "loraplus_lr_embedding"],
      unknownKeys: "rejected",
    },
  ],
};
