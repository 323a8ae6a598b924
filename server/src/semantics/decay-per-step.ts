import type { Span } from "../../../core/protocol/span.ts";
import type { OptimizerFact } from "../facts/optimizer.ts";
import { knownNumber, type NumberValue } from "./call-arguments.ts";
import { rateIsNominal } from "./learning-rate-schedule.ts";

/** How much of every weight a decoupled decay takes away in one step. */
export interface DecayPerStep {
  readonly rate: number;
  readonly decay: number;
  /** lr · decay, 0 … */
  readonly share: number;
  /** False where a number is only a default that a caller or a command line may change. */
  readonly isCertain: boolean;
  /** Where the learning rate is given, else the optimizer. */
  readonly rateSpan: Span;
  /** Where numbers are written that do not stand in the call. */
  readonly related: readonly { readonly span: Span; readonly message: string }[];
}

/** Layer-wise rescaling makes the step size independent of both numbers. */
const RESCALED = /\.(?:lamb|lars|lamb\w*|lars\w*|fused_?lamb)$/i;

/**
 * lr · decay of an optimizer whose decay shrinks weights by it: decoupled ones, and plain SGD, where
 * L2 is the same. `undefined` where either number is not known, or does not hold as it stands.
 */
export function decayPerStep(optimizer: OptimizerFact): DecayPerStep | undefined {
  const { coupling, qualifiedName, isDecayTimesRate, call, hasSplat } = optimizer;
  if (coupling !== "decoupled" && !isPlainSgd(optimizer)) return undefined;
  if (!isDecayTimesRate || RESCALED.test(qualifiedName) || call === undefined) return undefined;
  const rate = numberOr(optimizer.learningRate, hasSplat, optimizer.rateDefault);
  const decay = numberOr(optimizer.weightDecay, hasSplat, optimizer.decayDefault);
  if (rate === undefined || decay === undefined || rateIsNominal(optimizer)) return undefined;
  const given = [optimizer.learningRate, optimizer.weightDecay].flatMap(
    (number) => knownNumber(number) ?? [],
  );
  return {
    rate,
    decay,
    share: rate * decay,
    isCertain: given.every(({ kind }) => kind === "constant"),
    rateSpan:
      optimizer.learningRate.kind === "absent" ? optimizer.span : optimizer.learningRate.span,
    related: given.flatMap(({ origin, span, value }) =>
      origin.start >= span.start && origin.end <= span.end
        ? []
        : [{ span: origin, message: `${value} comes from here.` }],
    ),
  };
}

const isPlainSgd = ({ qualifiedName, coupling }: OptimizerFact) =>
  coupling === "l2" && (qualifiedName === "torch.optim.SGD" || qualifiedName === "optax.sgd");

function numberOr(
  number: NumberValue,
  hasSplat: boolean,
  otherwise: number | undefined,
): number | undefined {
  if (number.kind === "absent") return hasSplat ? undefined : otherwise;
  return knownNumber(number)?.value;
}
