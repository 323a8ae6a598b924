import type { Optimizer } from "../optimizer.ts";
import { sgd } from "./sgd.ts";

/**
 * θ ← θ − η·∇J(θ) with the gradient of the whole training part, one step an epoch: the gradient
 * descent of textbooks. With `loss: half_mse` and an l2 penalty of `convention: half_mean`, J is
 * 1/(2m)·Σ(h − y)² + λ/(2m)·Σθ². An L1 penalty makes it proximal gradient descent (ISTA).
 *
 * Converges for η < 2/L, L the largest eigenvalue of the Hessian.
 *
 * @see Ng, CS229 lecture notes 1, part I, section 1.
 */
export const gradientDescent: Optimizer = { ...sgd, id: "gradient_descent" };
