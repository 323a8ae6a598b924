// Written by `npm run gen`; do not edit.
import type { Optimizer } from "./optimizer.ts";
import { adam } from "./optimizers/adam.ts";
import { adamw } from "./optimizers/adamw.ts";
import { fista } from "./optimizers/fista.ts";
import { gradientDescent } from "./optimizers/gradient-descent.ts";
import { momentum } from "./optimizers/momentum.ts";
import { nesterov } from "./optimizers/nesterov.ts";
import { sgd } from "./optimizers/sgd.ts";

export const OPTIMIZERS: readonly Optimizer[] = [
  adam,
  adamw,
  fista,
  gradientDescent,
  momentum,
  nesterov,
  sgd,
];
