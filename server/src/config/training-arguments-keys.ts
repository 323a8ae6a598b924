import { type DialectKey, number } from "./dialect-key.ts";

/** Keys of transformers' `TrainingArguments`, which other tools hand on as they are. */
export const TRAINING_ARGUMENTS_KEYS: readonly DialectKey[] = [
  number("weight_decay", { default: 0 }),
  number("label_smoothing_factor", { default: 0 }),
  number("adam_beta1", { default: 0.9 }),
  number("adam_beta2", { default: 0.999 }),
  number("adam_epsilon"),
  number("max_grad_norm", { default: 1, isNullable: true }),
  number("neftune_noise_alpha", { default: null, isNullable: true }),
];
