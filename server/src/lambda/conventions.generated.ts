// Written by `npm run gen`; do not edit.
import type { ConventionFamily } from "./convention.ts";
import { boosting } from "./conventions/boosting.ts";
import { independentDecay } from "./conventions/independent-decay.ts";
import { keras } from "./conventions/keras.ts";
import { optax } from "./conventions/optax.ts";
import { sklearnClassification } from "./conventions/sklearn-classification.ts";
import { sklearnRegression } from "./conventions/sklearn-regression.ts";
import { tensorflow } from "./conventions/tensorflow.ts";
import { tfjs } from "./conventions/tfjs.ts";
import { torch } from "./conventions/torch.ts";
import { trainingFrameworks } from "./conventions/training-frameworks.ts";
import { writtenPenalty } from "./conventions/written-penalty.ts";

export const CONVENTION_FAMILIES: readonly ConventionFamily[] = [
  boosting,
  independentDecay,
  keras,
  optax,
  sklearnClassification,
  sklearnRegression,
  tensorflow,
  tfjs,
  torch,
  trainingFrameworks,
  writtenPenalty,
];
