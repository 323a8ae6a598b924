import { oneLayer, oneLayerInput } from "../layers/one-layer.ts";
import { modelKind } from "../model.ts";

/** One dense layer that predicts numbers: h = xW + b, W [features, outputs]. */
export const linear = modelKind(
  "linear",
  (_settings, dataset) => [oneLayerInput("linear", dataset).name],
  (_settings, dataset, seed) => oneLayer("linear", dataset, seed),
);
