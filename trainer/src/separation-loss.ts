import {
  add,
  div,
  matMul,
  maximum,
  mul,
  reshape,
  type Scalar,
  sqrt,
  square,
  squaredDifference,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from "@tensorflow/tfjs-core";
import { detached } from "./detached.ts";
import type { SeparatedParts } from "./model.ts";

/** Keeps the gradient finite where a centred row is 0. */
const NORM_EPSILON = 1e-6;

/**
 * ‖HₛᵀHₚ‖²_F/n² of the shared and private parts of n rows: 0 where no direction of one goes with a
 * direction of the other, at most 1. Each part is centred over the rows, then each row h is divided
 * by √(‖h‖² + 10⁻⁶).
 *
 * `present` [rows] is 1 where a row counts, the others take no part; 0 without rows. The 1/n² makes
 * it a mean over rows like every other loss: a weight β of the paper is β·n² here.
 *
 * @see Bousmalis et al. 2016, arXiv:1608.06019, eq. (5), H centred and normalised as in its code.
 */
export function differenceLoss(
  { shared, private: own }: Pick<SeparatedParts, "shared" | "private">,
  present: Tensor1D,
): Scalar {
  return tidy(() => {
    const mask = reshape(present, [-1, 1]);
    const count = maximum(sum(present), 1);
    const directions = (rows: Tensor2D): Tensor2D => {
      const mean = div(sum(mul(rows, mask), 0, true), count);
      const centred = mul(sub(rows, mean), mask);
      return div(centred, sqrt(add(sum(square(centred), 1, true), NORM_EPSILON)));
    };
    const products = matMul(directions(shared), directions(own), true, false);
    return div<Scalar>(sum(square(products)), square(count));
  });
}

/**
 * mean ‖u − û‖²/d of the features u [rows, d] of a modality and what is made of both its parts; 0
 * without rows. The features are what they are: they get no gradient from being hard to say again.
 *
 * @see Hazarika, Zimmermann & Poria 2020, arXiv:2005.03545, section 3.5, with u as a constant.
 */
export function reconstructionLoss(
  features: Tensor2D,
  { reconstruction }: Pick<SeparatedParts, "reconstruction">,
  present: Tensor1D,
): Scalar {
  return tidy(() => {
    const wanted = detached<Tensor>(features, (values) => mul(values, 1));
    const perRow = div(sum(squaredDifference(wanted, reconstruction), 1), features.shape[1]);
    return div<Scalar>(sum(mul(perRow, present)), maximum(sum(present), 1));
  });
}
