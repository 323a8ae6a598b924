import { scalar, type Tensor } from "@tensorflow/tfjs-core";
import type { PenaltySetting } from "../../trainer/src/penalty.ts";
import { fixedStrength } from "../../trainer/src/penalty-strength.ts";

/** What a penalty's term is made for; `start` only matters to penalties that look back. */
export function termSetting(lambda: number, samples: number, start?: Tensor): PenaltySetting {
  return {
    lambda: fixedStrength(lambda),
    samples,
    get start() {
      return start ?? scalar(0);
    },
  };
}
