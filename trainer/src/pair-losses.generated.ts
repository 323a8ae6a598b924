// Written by `npm run gen`; do not edit.
import type { PairLoss } from "./pair-loss.ts";
import { infoNce } from "./pair-losses/info-nce.ts";
import { sigmoid } from "./pair-losses/sigmoid.ts";
import { squaredDistance } from "./pair-losses/squared-distance.ts";
import { triplet } from "./pair-losses/triplet.ts";

export const PAIR_LOSSES: readonly PairLoss[] = [
  infoNce,
  sigmoid,
  squaredDistance,
  triplet,
];
