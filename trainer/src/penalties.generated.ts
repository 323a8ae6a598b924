// Written by `npm run gen`; do not edit.
import type { Penalty } from "./penalty.ts";
import { elasticNet } from "./penalties/elastic-net.ts";
import { groupLasso } from "./penalties/group-lasso.ts";
import { l1 } from "./penalties/l1.ts";
import { l2 } from "./penalties/l2.ts";
import { l2Sp } from "./penalties/l2-sp.ts";
import { maxNorm } from "./penalties/max-norm.ts";
import { orthogonality } from "./penalties/orthogonality.ts";
import { spectral } from "./penalties/spectral.ts";

export const PENALTIES: readonly Penalty[] = [
  elasticNet,
  groupLasso,
  l1,
  l2,
  l2Sp,
  maxNorm,
  orthogonality,
  spectral,
];
