import { clone, mul, type Scalar, square, sub, sum, tidy, variable } from "@tensorflow/tfjs-core";
import type { Penalty } from "../penalty.ts";
import { times } from "../step-scalar.ts";

/**
 * λ/2·‖w − w⁰‖₂² with gradient λ(w − w⁰), w⁰ the transferred weights: fine-tuning stays near what was
 * learned before, where weight decay would pull it to zero and make it forget.
 *
 * @see Li, Grandvalet & Davoine 2018, arXiv:1802.01483, eq. (2) with α = λ.
 */
export const l2Sp: Penalty = {
  id: "l2_sp",
  term(entry, { lambda, start }) {
    if (entry.norm !== "l2_sp") return undefined;
    // A variable of its own: the start's tensor goes when training first assigns to it.
    const anchor = tidy(() => variable(clone(start), false));
    return {
      label: () => `${lambda.text}/2·‖w − w⁰‖²`,
      value: (weights) =>
        tidy(() => mul<Scalar>(sum(square(sub(weights, anchor))), times(lambda.scalar, 0.5))),
      gradient: (weights) => tidy(() => mul(sub(weights, anchor), lambda.scalar)),
      dispose: () => {
        anchor.dispose();
      },
    };
  },
};
