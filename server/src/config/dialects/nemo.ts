import type { ConfigDialect } from "../config-dialect.ts";
import { number, numbers } from "../dialect-key.ts";

/** NVIDIA NeMo: Hydra with OmegaConf; `model.optim` goes to the optimizer. */
export const nemo: ConfigDialect = {
  name: "nemo",
  title: "NeMo",
  languages: ["yaml"],
  signature: [
    "model.optim",
    "model.optim.name",
    "model.optim.sched",
    "model.train_ds",
    "model.validation_ds",
    "model.micro_batch_size",
    "model.global_batch_size",
    "exp_manager",
    "exp_manager.exp_dir",
  ],
  isFoundation: false,
  fileNames: undefined,
  loader: "omegaconf",
  isTyped: false,
  untyped: [],
  sections: [
    {
      at: "model.optim",
      keys: [number("weight_decay"), numbers("betas"), number("momentum")],
      neighbours: [],
      unknownKeys: "rejected",
    },
  ],
};
