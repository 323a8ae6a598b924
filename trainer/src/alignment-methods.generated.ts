// Written by `npm run gen`; do not edit.
import type { AlignmentMethod } from "./alignment-method.ts";
import { cca } from "./alignment-methods/cca.ts";
import { contrastive } from "./alignment-methods/contrastive.ts";
import { dtw } from "./alignment-methods/dtw.ts";
import { given } from "./alignment-methods/given.ts";
import { gromovWasserstein } from "./alignment-methods/gromov-wasserstein.ts";
import { mlp } from "./alignment-methods/mlp.ts";
import { procrustes } from "./alignment-methods/procrustes.ts";
import { ridge } from "./alignment-methods/ridge.ts";
import { sinkhorn } from "./alignment-methods/sinkhorn.ts";

export const ALIGNMENT_METHODS: readonly AlignmentMethod[] = [
  cca,
  contrastive,
  dtw,
  given,
  gromovWasserstein,
  mlp,
  procrustes,
  ridge,
  sinkhorn,
];
