import { oneLayer, oneLayerInput } from "../layers/one-layer.ts";
import { modelKind } from "../model.ts";

/** One dense layer with a logit for each class, each against the others: z = xW + b. */
export const logistic = modelKind(
  "logistic",
  (_settings, dataset) => [oneLayerInput("logistic", dataset).name],
  (_settings, dataset, seed) => oneLayer("logistic", dataset, seed),
);
