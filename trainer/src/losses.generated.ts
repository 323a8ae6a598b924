// Written by `npm run gen`; do not edit.
import type { Loss } from "./loss.ts";
import { crossEntropy } from "./losses/cross-entropy.ts";
import { halfMse } from "./losses/half-mse.ts";
import { hinge } from "./losses/hinge.ts";
import { huber } from "./losses/huber.ts";
import { logistic } from "./losses/logistic.ts";
import { mse } from "./losses/mse.ts";

export const LOSSES: readonly Loss[] = [
  crossEntropy,
  halfMse,
  hinge,
  huber,
  logistic,
  mse,
];
