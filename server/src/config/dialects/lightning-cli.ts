import type { ConfigDialect } from "../config-dialect.ts";

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
  sections: [
    {
      at: "optimizer.init_args",
      regularization: ["weight_decay", "betas", "momentum"],
      neighbours: [],
      unknownKeys: "rejected",
    },
    {
      at: "trainer",
      regularization: ["gradient_clip_val"],
      neighbours: ["gradient_clip_algorithm"],
      unknownKeys: "rejected",
    },
  ],
};
