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
  sub,
  sum,
  type Tensor2D,
  tidy,
} from "@tensorflow/tfjs-core";
import { pairLoss } from "../pair-loss.ts";

/** Logit of a partner that is missing: its softmax is exactly 0 in binary32, its gradient too. */
const MISSING_LOGIT = 1e9;

/**
 * Symmetric InfoNCE of two modalities: ½(mean_i CE(sᵢ,·, i) + mean_j CE(s·,ⱼ, j)), s = A·Bᵀ/τ, nats.
 *
 * Rows that lack a side take part neither as queries nor as candidates. With no pair or a single one
 * the loss is 0. Chance, with equal similarities, is log(pairs). A learned temperature is exp(−s).
 *
 * @see van den Oord et al. 2018, arXiv:1807.03748, eq. (4); Radford et al. 2021, arXiv:2103.00020,
 * figure 3, with the temperature τ as the inverse of the logit scale.
 */
export const infoNce = pairLoss("info_nce", (a, b, present, { temperature }, logits) =>
  tidy(() => {
    const mask = mul(sub(present, 1), MISSING_LOGIT);
    const diagonal = mul(eye(a.shape[0]), reshape(present, [-1, 1]));
    const scaled = (cosines: Tensor2D) =>
      logits === undefined ? div(cosines, temperature) : mul(cosines, exp(logits.logScale));
    const logProbability = (queries: Tensor2D, candidates: Tensor2D) =>
      logSoftmax(add(scaled(matMul(queries, candidates, false, true)), mask));
    const both = add(logProbability(a, b), logProbability(b, a));
    const pairs = maximum(sum(present), 1);
    return neg<Scalar>(div(sum(mul(both, diagonal)), mul(pairs, 2)));
  }),
);
