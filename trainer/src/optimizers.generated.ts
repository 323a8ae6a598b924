// Written by `npm run gen`; do not edit.
import type { Optimizer } from "./optimizer.ts";
import { adam } from "./optimizers/adam.ts";
import { adamw } from "./optimizers/adamw.ts";
import { momentum } from "./optimizers/momentum.ts";
import { sgd } from "./optimizers/sgd.ts";

export const OPTIMIZERS: readonly Optimizer[] = [
  adam,
  adamw,
  momentum,
  sgd,
];
