import type { ConfigDialect } from "../config-dialect.ts";

/** Arguments of the Hugging Face `Trainer`, usually unpacked into `TrainingArguments(**config)` by a script. */
export const hfTrainingArguments: ConfigDialect = {
  name: "hf-training-arguments",
  title: "Hugging Face TrainingArguments",
  languages: ["yaml", "json"],
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
      ],
      neighbours: ["warmup_ratio", "lora_rank", "lora_r"],
      unknownKeys: "rejected",
    },
  ],
};
