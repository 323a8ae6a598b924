import {
  add,
  addN,
  clipByValue,
  div,
  minimum,
  mul,
  type Scalar,
  sqrt,
  square,
  sum,
  type Tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import type { GradientClip } from "../../core/experiment/experiment.ts";

/** As in torch.nn.utils.clip_grad_norm_; optax has none. */
const EPSILON = 1e-6;

/** √Σ g² over all tensors together; 0 without any. */
export function globalNorm(gradients: readonly Tensor[]): Scalar {
  return tidy(() => sqrt<Scalar>(addN(gradients.map((gradient) => sum<Scalar>(square(gradient))))));
}

/**
 * global_norm: g·min(1, limit/(‖g‖ + 10⁻⁶)) with the norm of all gradients together. value: every
 * entry to [−limit, limit]. A norm that is NaN makes all gradients NaN, so the run stops at the next
 * loss with its layer and step, as PyTorch's `error_if_nonfinite` would.
 *
 * @see Pascanu, Mikolov & Bengio 2013, arXiv:1211.5063, algorithm 1.
 */
export function clipGradients(
  gradients: readonly Tensor[],
  { method, limit }: GradientClip,
): readonly Tensor[] {
  if (gradients.length === 0) return [];
  if (method === "value") return gradients.map((gradient) => clipByValue(gradient, -limit, limit));
  const factor = tidy(() => minimum(1, div(limit, add(globalNorm(gradients), EPSILON))));
  return gradients.map((gradient) => mul(gradient, factor));
}
