import { abs, mul, relu, sign, sub, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { type StepScalar, times } from "./step-scalar.ts";

/**
 * S(w, t) = sign(w)·max(|w| − t, 0), coordinate by coordinate; exactly ±0 where |w| ≤ t.
 *
 * The proximal map of t·‖w‖₁. `threshold` ≥ 0 is a number or a tensor of the shape of `weights`;
 * at 0 every weight comes back as it was, NaN stays NaN.
 *
 * @see Parikh & Boyd 2014, "Proximal Algorithms", section 6.5.2.
 */
export function softThreshold(weights: Tensor, threshold: number | Tensor): Tensor {
  return tidy(() => mul(sign(weights), relu(sub(abs(weights), threshold))));
}

/** stepSize · λ, the threshold of an L1 term in a proximal step. */
export function scaled(stepSize: number | Tensor, lambda: StepScalar): number | Tensor {
  return typeof stepSize === "number" ? times(stepSize, lambda) : mul(stepSize, lambda);
}
