import {
  abs,
  add,
  div,
  expandDims,
  eye,
  matMul,
  maximum,
  minimum,
  mul,
  reshape,
  type Scalar,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tidy,
  transpose,
} from "@tensorflow/tfjs-core";
import { detached } from "../detached.ts";
import type { TransferLoss } from "../transfer-loss.ts";

/** Keeps the root's gradient finite where two rows coincide. */
const DISTANCE_EPSILON = 1e-12;

/**
 * mean over i ≠ j of h(ψₛ(i, j) − ψₜ(i, j)): the distances among the student's embeddings follow those
 * among the teacher's, wherever both lie.
 *
 * ψ(i, j) = ‖eᵢ − eⱼ‖/μ with μ the mean of those distances, and h is Huber's: x²/2 up to |x| = 1, then
 * |x| − ½. 0 with fewer than two rows that have both.
 *
 * @throws {TypeError} If the model does not embed.
 * @see Park et al. 2019, arXiv:1904.05068, eq. (3) to (7).
 */
export const relational: TransferLoss = {
  id: "relational",
  of: ({ teacher, student, both }) =>
    tidy(() => {
      if (teacher.embedding === undefined || student.embedding === undefined) {
        throw new TypeError("Cannot relate the rows of a model without embeddings");
      }
      const rows = both.shape[0];
      const pairs = mul(mul(reshape(both, [-1, 1]), reshape(both, [1, -1])), sub(1, eye(rows)));
      const wanted = detached(teacher.embedding, (vectors) => relativeDistances(vectors, pairs));
      const size = abs(sub(relativeDistances(student.embedding, pairs), wanted));
      const near = minimum(size, 1);
      const huber = add(div(square(near), 2), sub(size, near));
      return div<Scalar>(sum(mul(huber, pairs)), maximum(sum(pairs), 1));
    }),
};

function relativeDistances(vectors: Tensor, pairs: Tensor): Tensor {
  const products = matMul(vectors, transpose(vectors));
  const lengths = sum(square(vectors), 1);
  const squares = sub(add(expandDims(lengths, 1), expandDims(lengths, 0)), mul(products, 2));
  const distances = mul(sqrt(add(maximum(squares, 0), DISTANCE_EPSILON)), pairs);
  const mean = div(sum(distances), maximum(sum(pairs), 1));
  return div(distances, maximum(mean, Math.sqrt(DISTANCE_EPSILON)));
}
