import type { ConfigDialect } from "../config-dialect.ts";
import { number } from "../dialect-key.ts";
import { TRAINING_ARGUMENTS_KEYS } from "../training-arguments-keys.ts";

/** Arguments of the Hugging Face `Trainer`, usually unpacked into `TrainingArguments(**config)` by a script. */
export const hfTrainingArguments: ConfigDialect = {
  name: "hf-training-arguments",
  title: "Hugging Face TrainingArguments",
  languages: ["yaml", "json", "toml"],
  signature: [
    "per_device_train_batch_size",
    "per_device_eval_batch_size",
    "num_train_epochs",
    "gradient_accumulation_steps",
    "lr_scheduler_type",
    "output_dir",
    "warmup_ratio",
    "save_total_limit",
    "logging_steps",
    "eval_strategy",
    "max_grad_norm",
    "model_name_or_path",
  ],
  isFoundation: true,
  fileNames: undefined,
  loader: "unknown",
  isTyped: false,
  untyped: [],
  sections: [
    {
      at: "",
      keys: [
        ...TRAINING_ARGUMENTS_KEYS,
        number("lora_dropout"),
        number("lora_alpha", { isNullable: true }),
      ],
      neighbours: ["warmup_ratio", "lora_rank", "lora_r"],
      unknownKeys: "rejected",
    },
  ],
};
