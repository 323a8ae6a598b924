// Written by `npm run gen`; do not edit.
import type { Loss } from "./loss.ts";
import { crossEntropy } from "./losses/cross-entropy.ts";

export const LOSSES: readonly Loss[] = [
  crossEntropy,
];
