import type { ConfigDialect } from "../config-dialect.ts";

/** An architecture as Keras saves it, and as TensorFlow.js does inside `modelTopology`. */
export const kerasModel: ConfigDialect = {
  name: "keras-model",
  title: "Keras",
  languages: ["json"],
  signature: [
    "class_name",
    "config",
    "config.layers",
    "keras_version",
    "backend",
    "registered_name",
    "modelTopology",
    "modelTopology.class_name",
    "modelTopology.model_config",
    "modelTopology.config",
    "modelTopology.keras_version",
    "weightsManifest",
  ],
  isFoundation: false,
  fileNames: undefined,
  loader: "unknown",
  isTyped: false,
  untyped: [],

  sections: [],
};
