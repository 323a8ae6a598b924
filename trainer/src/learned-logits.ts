import {
  exp,
  minimum,
  neg,
  type Rank,
  reshape,
  type Scalar,
  scalar,
  tidy,
  type Variable,
} from "@tensorflow/tfjs-core";
import type { Alignment } from "../../core/experiment/experiment.ts";
import { createParameterStore } from "./layers/parameter-store.ts";
import type { Model } from "./model.ts";
import type { PenaltyTerm } from "./penalty.ts";

/** What an alignment loss learns of its logits, which are exp(s)·cos + b; both of shape [1]. */
export interface LearnedLogits {
  /** s = −ln τ. */
  readonly logScale: Variable;
  /** b, of losses that have one. */
  readonly bias?: Variable;
  /** The temperature τ = exp(−s), and `logit_bias` where there is one, by metric name. */
  values(): Readonly<Record<string, Scalar>>;
}

const LOG_SCALE = "alignment.log_scale";

/** exp(s) of InfoNCE is at most 100, and so τ at least 0.01. */
const MOST_LOG_SCALE = Math.log(100);

/**
 * `model` with the parameters that `alignment` learns beside it: `alignment.log_scale` s, from ln(1/τ)
 * on, and of the sigmoid loss `alignment.bias`, from its `bias` on. Without any the model itself.
 *
 * After every step s of InfoNCE is put back to ln 100 where it is beyond; that of the sigmoid loss is
 * free. Penalties leave both alone unless they name them, weight decay leaves them alone always.
 *
 * @see Radford et al. 2021, arXiv:2103.00020, section 2.5; Zhai et al. 2023, arXiv:2303.15343,
 * section 3.2, with t′ for s: t′ = ln 10 and b = −10 at the start.
 */
export function withLearnedLogits(model: Model, alignment: Alignment | undefined): Model {
  if (alignment === undefined || !("learn_temperature" in alignment)) return model;
  if (alignment.learn_temperature !== true) return model;
  const store = createParameterStore(0);
  const logScale = store.scalar(LOG_SCALE, -Math.log(alignment.temperature));
  const bias =
    alignment.loss === "sigmoid" ? store.scalar("alignment.bias", alignment.bias) : undefined;
  const isBounded = alignment.loss === "info_nce";
  return {
    ...model,
    parameters: [...model.parameters, ...store.parameters],
    logits: {
      logScale,
      ...(bias === undefined ? {} : { bias }),
      values: () =>
        tidy(() => ({
          temperature: reshape<Rank.R0>(exp(neg(logScale)), []),
          ...(bias === undefined ? {} : { logit_bias: reshape<Rank.R0>(bias, []) }),
        })),
    },
    ...(isBounded ? { constraints: new Map([[LOG_SCALE, BELOW_100]]) } : {}),
    dispose() {
      model.dispose();
      store.dispose();
    },
  };
}

const BELOW_100: PenaltyTerm = {
  label: () => "exp(s) ≤ 100",
  level: "constraint",
  value: () => scalar(0),
  proximal: (weights) => minimum(weights, MOST_LOG_SCALE),
};
