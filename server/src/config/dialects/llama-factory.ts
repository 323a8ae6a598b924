import type { ConfigDialect } from "../config-dialect.ts";
import { number } from "../dialect-key.ts";
import { TRAINING_ARGUMENTS_KEYS } from "../training-arguments-keys.ts";

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
      keys: [
        ...TRAINING_ARGUMENTS_KEYS,
        number("lora_dropout", { default: 0 }),
        number("lora_alpha", { isNullable: true }),
        number("loraplus_lr_ratio", { isNullable: true }),
        number("galore_scale"),
      ],
      neighbours: ["lora_rank", "lora_target"],
      unknownKeys: "rejected",
    },
  ],
};
