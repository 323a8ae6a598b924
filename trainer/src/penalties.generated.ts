// Written by `npm run gen`; do not edit.
import type { Penalty } from "./penalty.ts";
import { elasticNet } from "./penalties/elastic-net.ts";
import { l1 } from "./penalties/l1.ts";
import { l2 } from "./penalties/l2.ts";

export const PENALTIES: readonly Penalty[] = [
  elasticNet,
  l1,
  l2,
];
