import type { Optimizer } from "../optimizer.ts";
import { sgd } from "./sgd.ts";

/**
 * Proximal gradient descent from an extrapolated point, on the whole training part:
 * x_{k+1} = prox(y_k − η∇J(y_k)), y_{k+1} = x_{k+1} + β(x_{k+1} − x_k), with adaptive restart.
 *
 * For a convex objective J(x_k) − J* falls as 2‖x₀ − x*‖²/(η(k+1)²) while η ≤ 1/L, L the Lipschitz
 * constant of the gradient. On networks there is no such promise.
 *
 * @see Beck & Teboulle 2009, doi:10.1137/080716542, theorem 4.4.
 */
export const fista: Optimizer = { ...sgd, id: "fista", isAccelerated: true };
