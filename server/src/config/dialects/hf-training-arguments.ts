import type { ConfigDialect } from "../config-dialect.ts";
import { number } from "../dialect-key.ts";

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
        number("weight_decay", { default: 0 }),
        number("label_smoothing_factor", { default: 0 }),
        number("adam_beta1", { default: 0.9 }),
        number("adam_beta2", { default: 0.999 }),
        number("adam_epsilon"),
        number("max_grad_norm", { default: 1, isNullable: true }),
        number("neftune_noise_alpha", { default: null, isNullable: true }),
        number("lora_dropout"),
        number("lora_alpha", { isNullable: true }),
      ],
      neighbours: ["warmup_ratio", "lora_rank", "lora_r"],
      unknownKeys: "rejected",
    },
  ],
};
