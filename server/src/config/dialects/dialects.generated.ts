// Written by `npm run gen`; do not edit.
import type { ConfigDialect } from "../config-dialect.ts";
import { axolotl } from "./axolotl.ts";
import { deepspeed } from "./deepspeed.ts";
import { detectron2 } from "./detectron2.ts";
import { detectron2Lazy } from "./detectron2-lazy.ts";
import { hfTrainingArguments } from "./hf-training-arguments.ts";
import { hydra } from "./hydra.ts";
import { hyperpyyaml } from "./hyperpyyaml.ts";
import { kerasModel } from "./keras-model.ts";
import { lightgbm } from "./lightgbm.ts";
import { lightningCli } from "./lightning-cli.ts";
import { llamaFactory } from "./llama-factory.ts";
import { ludwig } from "./ludwig.ts";
import { mmengine } from "./mmengine.ts";
import { nemo } from "./nemo.ts";
import { openClip } from "./open-clip.ts";
import { timm } from "./timm.ts";
import { torchtune } from "./torchtune.ts";
import { ultralytics } from "./ultralytics.ts";
import { xgboost } from "./xgboost.ts";

export const DIALECTS: readonly ConfigDialect[] = [
  axolotl,
  deepspeed,
  detectron2,
  detectron2Lazy,
  hfTrainingArguments,
  hydra,
  hyperpyyaml,
  kerasModel,
  lightgbm,
  lightningCli,
  llamaFactory,
  ludwig,
  mmengine,
  nemo,
  openClip,
  timm,
  torchtune,
  ultralytics,
  xgboost,
];
