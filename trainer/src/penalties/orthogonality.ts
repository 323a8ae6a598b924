import {
  eye,
  matMul,
  mul,
  reshape,
  type Scalar,
  square,
  sub,
  sum,
  type Tensor2D,
  tidy,
} from "@tensorflow/tfjs-core";
import type { Penalty } from "../penalty.ts";
import { asMatrix } from "../spectral-norm.ts";
import { times } from "../step-scalar.ts";

/**
 * λ‖WᵀW − I‖_F² with gradient 4λ·W(WᵀW − I): pulls the columns of W [inputs, outputs] to unit length
 * and right angles. Where there are more outputs than inputs not all columns can be at right angles,
 * and the rows take their place: λ‖WWᵀ − I‖_F². Kernels count as [height·width·inputs, outputs].
 *
 * Keras' `OrthogonalRegularizer` is another one: it sums |cos| of the angles and leaves lengths free.
 *
 * @see Bansal, Chen & Wang 2018, arXiv:1810.09102, eq. (1).
 */
export const orthogonality: Penalty = {
  id: "orthogonality",
  term(entry, { lambda }) {
    if (entry.norm !== "orthogonality") return undefined;
    return {
      label: () => `${lambda.text}·‖WᵀW − I‖²`,
      value: (weights) =>
        tidy(() => mul<Scalar>(sum(square(deviation(asMatrix(weights)))), lambda.scalar)),
      gradient: (weights) =>
        tidy(() => {
          const matrix = asMatrix(weights);
          const gap = deviation(matrix);
          const product = isTall(matrix) ? matMul(matrix, gap) : matMul(gap, matrix);
          return reshape(mul(product, times(lambda.scalar, 4)), weights.shape);
        }),
    };
  },
};

const isTall = ({ shape: [rows, columns] }: Tensor2D) => rows >= columns;

/** The smaller Gram matrix less the identity. */
function deviation(matrix: Tensor2D): Tensor2D {
  const tall = isTall(matrix);
  const gram = matMul<Tensor2D>(matrix, matrix, tall, !tall);
  return sub(gram, eye(gram.shape[0]));
}
