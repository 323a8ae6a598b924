import {
  add,
  div,
  exp,
  eye,
  logSoftmax,
  matMul,
  maximum,
  mul,
  neg,
  reshape,
  type Scalar,
  slice,
  stack,
  sub,
  sum,
  type Tensor2D,
  tidy,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { pairLoss } from "../pair-loss.ts";

/**
 * SigLIP: −1/n Σᵢⱼ log σ(yᵢⱼ(aᵢ·bⱼ/τ + β)), y = +1 for partners and −1 for all others, nats.
 *
 * τ is `temperature` and β is `bias`; every pair of rows is judged by itself, so the loss does not
 * depend on the batch as a whole. Rows that lack a side take no part; 0 without pairs. With equal
 * similarities and β = 0 it is n·log 2 per row.
 *
 * @see Zhai et al. 2023, arXiv:2303.15343, algorithm 1, with 1/τ for exp(t′), which is learned there with β from 10 and −10 on.
 */
export const sigmoid = pairLoss("sigmoid", (a, b, present, { temperature, bias }, learned) =>
  tidy(() => {
    const rows = reshape(present, [-1, 1]);
    const both = mul(rows, reshape(present, [1, -1]));
    const sign = sub(mul(eye(a.shape[0]), 2), 1);
    const cosines = matMul(a, b, false, true);
    const scaled =
      learned === undefined ? div(cosines, temperature) : mul(cosines, exp(learned.logScale));
    const logits = mul(sign, add(scaled, learned?.bias ?? bias));
    const pairs = maximum(sum(present), 1);
    return neg<Scalar>(div(sum(mul(logSigmoid(logits), both)), pairs));
  }),
);

/** log σ(z) = log softmax(z, 0)₁, exact at both ends and with a gradient on every backend. */
function logSigmoid(z: Tensor2D | ReturnType<typeof mul>) {
  const pairs = logSoftmax(stack([z, zerosLike(z)], 2));
  return reshape(slice(pairs, [0, 0, 0], [-1, -1, 1]), z.shape);
}
