// Written by `npm run gen`; do not edit.
import type { TransferLoss } from "./transfer-loss.ts";
import { distillation } from "./transfer-losses/distillation.ts";
import { hints } from "./transfer-losses/hints.ts";
import { labelMap } from "./transfer-losses/label-map.ts";
import { relational } from "./transfer-losses/relational.ts";

export const TRANSFER_LOSSES: readonly TransferLoss[] = [
  distillation,
  hints,
  labelMap,
  relational,
];
