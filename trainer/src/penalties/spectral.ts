import { mul, reshape, type Scalar, square, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { Penalty } from "../penalty.ts";
import { asMatrix, spectralNorm } from "../spectral-norm.ts";
import { times } from "../step-scalar.ts";

/**
 * λ/2·σ₁(W)² with gradient λσ₁·u vᵀ: only the largest singular value is pulled down, so a layer
 * cannot stretch its inputs far while the other directions stay free.
 *
 * Kernels [height, width, inputs, outputs] count as [height·width·inputs, outputs]; at zeros value
 * and gradient are 0. Where two singular values are equal the gradient is that of one of them.
 *
 * @see Yoshida & Miyato 2017, arXiv:1705.10941, eq. (6) and algorithm 1.
 */
export const spectral: Penalty = {
  id: "spectral",
  term(entry, { lambda }) {
    if (entry.norm !== "spectral") return undefined;
    const valueAndGradient = (weights: Tensor) =>
      tidy(() => {
        const { sigma, direction } = spectralNorm(asMatrix(weights));
        return {
          value: mul<Scalar>(square(sigma), times(lambda.scalar, 0.5)),
          gradient: reshape(mul(direction, mul(sigma, lambda.scalar)), weights.shape),
        };
      });
    return {
      label: () => `${lambda.text}/2·σ(W)²`,
      value: (weights) => tidy(() => valueAndGradient(weights).value),
      gradient: (weights) => tidy(() => valueAndGradient(weights).gradient),
      valueAndGradient,
    };
  },
};
