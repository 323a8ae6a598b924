// Written by `npm run gen`; do not edit.
import type { ModelKind } from "./model.ts";
import { bilstm } from "./models/bilstm.ts";
import { cnn } from "./models/cnn.ts";
import { linear } from "./models/linear.ts";
import { logistic } from "./models/logistic.ts";
import { mlp } from "./models/mlp.ts";
import { softmax } from "./models/softmax.ts";
import { towers } from "./models/towers.ts";

export const MODELS: readonly ModelKind[] = [
  bilstm,
  cnn,
  linear,
  logistic,
  mlp,
  softmax,
  towers,
];
