import { add, div, greater, minimum, mul, scalar, tidy, where } from "@tensorflow/tfjs-core";
import type { Penalty } from "../penalty.ts";
import { groupNorms } from "../weight-groups.ts";

/** Backend epsilon of Keras; torch.renorm has the same number in its own place. */
const EPSILON = 1e-7;

/**
 * The constraint ‖w_g‖₂ ≤ c for every group, c = `limit`, imposed after each step; its value is 0.
 *
 * keras: w_g ← w_g·min(‖w_g‖, c)/(10⁻⁷ + ‖w_g‖), as `keras.constraints.MaxNorm`, which shrinks a
 * group inside the ball by a part in 10⁷ as well. torch: w_g ← w_g·c/(‖w_g‖ + 10⁻⁷) where ‖w_g‖ > c,
 * as `torch.renorm`, which leaves the others bit for bit. Keras' `axis=0` on a dense kernel and
 * `[0, 1, 2]` on a convolution's are `groups: outputs` here.
 *
 * The projection is Euclidean with every optimizer, Adam too, as it is in both libraries.
 *
 * @see Srivastava et al. 2014, https://jmlr.org/papers/v15/srivastava14a.html, section 5.1.
 */
export const maxNorm: Penalty = {
  id: "max_norm",
  term(entry) {
    if (entry.norm !== "max_norm") return undefined;
    const { limit, groups, projection } = entry;
    return {
      label: () => `‖w_g‖ ≤ ${limit} over ${groups}`,
      level: "constraint",
      value: () => scalar(0),
      proximal: (weights) =>
        tidy(() => {
          const norms = groupNorms(weights, groups);
          if (projection === "keras") {
            return mul(weights, div(minimum(norms, limit), add(norms, EPSILON)));
          }
          const shrunk = mul(weights, div(limit, add(norms, EPSILON)));
          return where(greater(norms, limit), shrunk, weights);
        }),
    };
  },
};
