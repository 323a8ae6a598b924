import {
  abs,
  div,
  matMul,
  max,
  maximum,
  type Rank,
  reshape,
  type Scalar,
  sqrt,
  square,
  sum,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tidy,
} from "@tensorflow/tfjs-core";
import { createRandom } from "./random.ts";

/** 2⁷ = 128 steps of the power method: (σ₂/σ₁)²⁵⁶ of the second direction is left. */
const SQUARINGS = 7;

/** Keeps the quotient of zeros at zero. */
const TINY = 1e-30;

export interface SpectralNorm {
  /** σ₁, the largest singular value; 0 of zeros. */
  readonly sigma: Scalar;
  /** u vᵀ of the same shape as the matrix: the gradient of σ₁. */
  readonly direction: Tensor2D;
}

/**
 * Largest singular value of W [rows, columns] with its singular vectors, by the power method on the
 * smaller Gram matrix, whose powers are taken by squaring: nothing is carried from step to step, so a
 * resumed training goes on as it would have. Costs 7·n³ multiplications, n the smaller side.
 *
 * Where several singular values are largest, the direction is one of theirs.
 */
export function spectralNorm(matrix: Tensor2D): SpectralNorm {
  return tidy(() => {
    const [rows, columns] = matrix.shape;
    const isTall = rows >= columns;
    const side = Math.min(rows, columns);
    let power: Tensor2D = unit(matMul<Tensor2D>(matrix, matrix, isTall, !isTall));
    for (let step = 0; step < SQUARINGS; step++) power = unit(matMul<Tensor2D>(power, power));
    const vector = unit(matMul<Tensor2D>(power, startVector(side)));
    const image = matMul<Tensor2D>(matrix, vector, !isTall, false);
    const sigma = sqrt<Scalar>(sum(square(image)));
    const other = unit(image);
    const [left, right] = isTall ? [other, vector] : [vector, other];
    return { sigma, direction: matMul<Tensor2D>(left, right, false, true) };
  });
}

/** Frobenius norm 1; zeros stay zeros. Scaled by the largest entry first, lest squares underflow. */
function unit(tensor: Tensor2D): Tensor2D {
  const scaled = div<Tensor2D>(tensor, maximum(max(abs(tensor)), TINY));
  return div<Tensor2D>(scaled, maximum(sqrt(sum(square(scaled))), TINY));
}

/** Any vector that no set of weights is perpendicular to for a reason of its own. */
function startVector(length: number): Tensor2D {
  const random = createRandom(0, "spectral-norm");
  return tensor2d(
    Float32Array.from({ length }, () => random.normal()),
    [length, 1],
  );
}

/** [inputs, outputs]; kernels have their window and channels in the rows, vectors are columns. */
export function asMatrix(weights: Tensor): Tensor2D {
  const outputs = weights.rank < 2 ? 1 : (weights.shape.at(-1) ?? 1);
  return reshape<Rank.R2>(weights, [weights.size / Math.max(1, outputs), outputs]);
}
