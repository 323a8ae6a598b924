import type { ConfigDialect } from "../config-dialect.ts";
import { number } from "../dialect-key.ts";

/** Ultralytics and YOLOv5 hyperparameters; unknown arguments are refused, and a float read as text is too. */
export const ultralytics: ConfigDialect = {
  name: "ultralytics",
  title: "Ultralytics",
  languages: ["yaml"],
  signature: [
    "lr0",
    "lrf",
    "mosaic",
    "hsv_h",
    "hsv_s",
    "hsv_v",
    "fliplr",
    "warmup_bias_lr",
    "imgsz",
    "copy_paste",
    "close_mosaic",
    "warmup_momentum",
  ],
  isFoundation: false,
  fileNames: /^(?:hyp|args)[\w.-]*\.ya?ml$/,
  loader: "unknown",
  isTyped: false,
  untyped: [],
  sections: [
    {
      at: "",
      keys: [
        number("weight_decay", { default: 0.0005 }),
        number("dropout", { default: 0 }),
        number("label_smoothing"),
        number("warmup_momentum", { default: 0.8 }),
      ],
      neighbours: ["momentum"],
      unknownKeys: "rejected",
    },
  ],
};
