import type { Mutator } from "./mutator.ts";
import { configMutators } from "./mutators/config.ts";
import { formulaMutators } from "./mutators/formula.ts";
import { missingMutators } from "./mutators/missing.ts";
import { multimodalMutators } from "./mutators/multimodal.ts";
import { optimizerMutators } from "./mutators/optimizer.ts";
import { placementMutators } from "./mutators/placement.ts";
import { scaleMutators } from "./mutators/scale.ts";
import { selectionMutators } from "./mutators/selection.ts";
import { sparsityMutators } from "./mutators/sparsity.ts";
import { transferMutators } from "./mutators/transfer.ts";

/** All ways in which faults are planted. */
export const MUTATORS: readonly Mutator[] = [
  ...configMutators,
  ...formulaMutators,
  ...missingMutators,
  ...multimodalMutators,
  ...optimizerMutators,
  ...placementMutators,
  ...scaleMutators,
  ...selectionMutators,
  ...sparsityMutators,
  ...transferMutators,
];
