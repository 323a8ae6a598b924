import type { ConfigDialect } from "../config-dialect.ts";
import { number, numbers } from "../dialect-key.ts";

/** Lightning CLI: jsonargparse, whose YAML loader knows `1e-2` and which checks types. */
export const lightningCli: ConfigDialect = {
  name: "lightning-cli",
  title: "Lightning CLI",
  languages: ["yaml"],
  signature: [
    "trainer.max_epochs",
    "trainer.accelerator",
    "trainer.devices",
    "trainer.callbacks",
    "trainer.logger",
    "model.class_path",
    "data.class_path",
    "optimizer.class_path",
    "lr_scheduler.class_path",
    "seed_everything",
    "trainer.gradient_clip_val",
  ],
  isFoundation: false,
  fileNames: undefined,
  loader: "pyyaml-patched",
  isTyped: true,
  untyped: [],
  misplaced: [
    {
      keys: ["weight_decay", "betas"],
      at: "optimizer",
      belongs: "optimizer.init_args",
      fate: "rejected",
    },
    { keys: ["weight_decay", "betas"], at: "", belongs: "optimizer.init_args", fate: "rejected" },
    {
      keys: ["weight_decay", "betas"],
      at: "trainer",
      belongs: "optimizer.init_args",
      fate: "rejected",
    },
  ],
  sections: [
    {
      at: "optimizer.init_args",
      keys: [number("weight_decay"), numbers("betas"), number("momentum")],
      neighbours: [],
      unknownKeys: "rejected",
    },
    {
      at: "trainer",
      keys: [number("gradient_clip_val", { default: null, isNullable: true })],
      neighbours: ["gradient_clip_algorithm"],
      unknownKeys: "rejected",
    },
  ],
};
