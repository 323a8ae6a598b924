// Written by `npm run gen`; do not edit.
import type { Procedure } from "./procedure.ts";
import { alignment } from "./procedures/alignment.ts";
import { clustering } from "./procedures/clustering.ts";
import { lambdaLearning } from "./procedures/lambda-learning.ts";
import { lambdaSelection } from "./procedures/lambda-selection.ts";
import { linear } from "./procedures/linear.ts";
import { network } from "./procedures/network.ts";
import { sparsityCurve } from "./procedures/sparsity-curve.ts";

export const PROCEDURES: readonly Procedure[] = [
  alignment,
  clustering,
  lambdaLearning,
  lambdaSelection,
  linear,
  network,
  sparsityCurve,
];
