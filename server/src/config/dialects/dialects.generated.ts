// Written by `npm run gen`; do not edit.
import type { ConfigDialect } from "../config-dialect.ts";
import { axolotl } from "./axolotl.ts";
import { deepspeed } from "./deepspeed.ts";
import { hfTrainingArguments } from "./hf-training-arguments.ts";
import { hydra } from "./hydra.ts";
import { lightningCli } from "./lightning-cli.ts";
import { llamaFactory } from "./llama-factory.ts";
import { ludwig } from "./ludwig.ts";
import { nemo } from "./nemo.ts";
import { timm } from "./timm.ts";
import { torchtune } from "./torchtune.ts";
import { ultralytics } from "./ultralytics.ts";

export const DIALECTS: readonly ConfigDialect[] = [
  axolotl,
  deepspeed,
  hfTrainingArguments,
  hydra,
  lightningCli,
  llamaFactory,
  ludwig,
  nemo,
  timm,
  torchtune,
  ultralytics,
];
