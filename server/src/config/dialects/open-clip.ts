import type { ConfigDialect } from "../config-dialect.ts";
import { number } from "../dialect-key.ts";
import { NON_NEGATIVE } from "../known-keys.ts";

/** Arguments of open_clip's training written down as YAML or JSON; a script of the user turns them into options. */
export const openClip: ConfigDialect = {
  name: "open-clip",
  title: "open_clip",
  languages: ["yaml", "json"],
  signature: [
    "local_loss",
    "gather_with_grad",
    "lock_image",
    "lock_text",
    "dataset_type",
    "train_num_samples",
    "imagenet_val",
    "grad_checkpointing",
    "force_quick_gelu",
    "lock_image_unlocked_groups",
    "csv_img_key",
    "siglip",
  ],
  isFoundation: false,
  fileNames: undefined,
  loader: "unknown",
  isTyped: false,
  untyped: [],

  sections: [
    {
      at: "",
      keys: [
        number("wd", { default: 0.2, domain: NON_NEGATIVE }),
        number("grad_clip_norm", { default: null, isNullable: true }),
        number("force_patch_dropout", { default: null, isNullable: true }),
      ],
      neighbours: [],
      unknownKeys: "rejected",
    },
  ],
};
