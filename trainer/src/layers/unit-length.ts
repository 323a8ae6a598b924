import { add, div, sqrt, square, sum, type Tensor2D, tidy } from "@tensorflow/tfjs-core";

/** Keeps the gradient finite, at most 1000 times too long, where all units of a row are dead. */
const NORM_EPSILON = 1e-6;

/** e/√(‖e‖² + 10⁻⁶) of each row: on the unit sphere, save for rows near 0. */
export function unitLength(rows: Tensor2D): Tensor2D {
  return tidy(() => div<Tensor2D>(rows, sqrt(add(sum(square(rows), 1, true), NORM_EPSILON))));
}
