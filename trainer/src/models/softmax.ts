import { oneLayer, oneLayerInput } from "../layers/one-layer.ts";
import { modelKind } from "../model.ts";

/** One dense layer with a logit for each class: z = xW + b. */
export const softmax = modelKind(
  "softmax",
  (_settings, dataset) => [oneLayerInput("softmax", dataset).name],
  (_settings, dataset, seed) => oneLayer("softmax", dataset, seed),
);
