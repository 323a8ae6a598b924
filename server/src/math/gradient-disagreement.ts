import { sumOf } from "./addends.ts";
import { evaluate } from "./evaluate.ts";
import { exactPenaltyFactor } from "./exact-factor.ts";
import { type GradientProblem, gradientProblems, penaltyScale } from "./gradient-problem.ts";
import type { HandGradient, NamedLoss } from "./hand-gradients.ts";
import type { Ir, SymbolIr } from "./ir.ts";
import { judgeGradient, samplePoints } from "./judge-gradient.ts";
import { l1Faults } from "./l1-gradient.ts";
import { type Factor, isClose } from "./proportion.ts";
import { scalarPenalties } from "./scalar-penalty.ts";
import { climbsSquares, textbookRidge } from "./textbook-ridge.ts";

/** What a hand-written gradient gets wrong, against a loss or, without one, against the textbook. */
export type Disagreement<Loss extends NamedLoss = NamedLoss> = {
  readonly loss: Loss | undefined;
  readonly problem: GradientProblem;
} & (
  | {
      readonly kind: "factors";
      readonly data: Factor | undefined;
      readonly penalty: Factor | undefined;
      /** Data factor over penalty factor. */
      readonly ratio: Factor;
      readonly lambda: SymbolIr | undefined;
      /** The part whose factor is not 1. */
      readonly culprit: "data" | "penalty";
      /** Whether it was held against the textbook's objective rather than the code's. */
      readonly isAgainstTextbook: boolean;
    }
  | {
      readonly kind: "wrong-form";
      readonly part: "data" | "penalty";
      readonly isResidualAlone: boolean;
      /** Whether loss and gradient differ in the first entry, the intercept, alone. */
      readonly isFirstEntry: boolean;
    }
  | { readonly kind: "missing-penalty" }
  /** An update that climbs the loss. */
  | { readonly kind: "ascent" }
);

/** `no-problem` when no shapes fit the loss and the gradient, so nothing was judged. */
type Outcome<Loss extends NamedLoss> = "agrees" | "unknown" | "no-problem" | Disagreement<Loss>;

/**
 * Judges a hand-written gradient against the losses of its scope.
 *
 * A loss with a penalty outweighs one without, and a gradient that agrees with one of several is
 * right. Only a difference between the data factor and the penalty factor counts: an equal factor
 * is a learning rate.
 */
export function gradientDisagreement<Loss extends NamedLoss>(
  gradient: HandGradient<Loss>,
): Disagreement<Loss> | undefined {
  const complete: Outcome<Loss>[] = [];
  const dataOnly: Outcome<Loss>[] = [];
  for (const loss of gradient.losses) {
    const { outcome, hasPenalty } = againstLoss(loss, gradient);
    if (hasPenalty) complete.push(outcome);
    else dataOnly.push(outcome);
  }
  const outcomes = complete.some(isJudged) ? complete : dataOnly;
  if (outcomes.includes("agrees")) return undefined;
  const found = outcomes.findLast((outcome) => typeof outcome === "object");
  if (typeof found === "object") return found;
  if (outcomes.some((outcome) => outcome !== "no-problem")) return undefined;
  const { value: likeliest } = repairedProblems(gradient, undefined).next();
  if (likeliest === undefined) return undefined;
  const { problem } = likeliest;
  const mayClimb = gradient.role === "update" && !gradient.isMaximising;
  if (mayClimb && climbsSquares(problem)) return { kind: "ascent", loss: undefined, problem };
  const outcome = againstTextbook<Loss>(likeliest);
  return typeof outcome === "object" ? outcome : undefined;
}

const isJudged = <Loss extends NamedLoss>(outcome: Outcome<Loss>): boolean =>
  outcome !== "unknown" && outcome !== "no-problem";

/**
 * The outcome under the first shapes that allow one. A form is wrong only when it is wrong under
 * all shapes that fit.
 */
function againstLoss<Loss extends NamedLoss>(
  loss: Loss,
  gradient: HandGradient<Loss>,
): { readonly outcome: Outcome<Loss>; readonly hasPenalty: boolean } {
  let fallback: Outcome<Loss> = "no-problem";
  let hasPenalty = false;
  for (const repaired of repairedProblems(gradient, loss.value)) {
    hasPenalty = (repaired.problem.loss?.penalty.length ?? 0) > 0;
    const outcome = hasPenalty
      ? against(loss, repaired, gradient)
      : againstDataLoss(loss, repaired, gradient);
    const isWrong = typeof outcome === "object" && outcome.kind === "wrong-form";
    if (outcome !== "unknown" && !isWrong) return { outcome, hasPenalty };
    if (fallback === "no-problem" || outcome === "unknown") fallback = outcome;
  }
  return { outcome: fallback, hasPenalty };
}

interface Repaired {
  readonly problem: GradientProblem;
  readonly hasBrokenPenalty: boolean;
}

/**
 * The problems with ‖θ‖² read as the θ, and |θ| as the sign(θ), that they stand in for; those faults
 * have rules of their own.
 */
function* repairedProblems(gradient: HandGradient, loss: Ir | undefined): Generator<Repaired> {
  const { parameter, addends } = gradient;
  for (const problem of gradientProblems({ parameter, addends, loss })) {
    const broken = scalarPenalties(problem);
    const unsigned = l1Faults(problem);
    const penalty = problem.penalty.map(
      (addend) =>
        broken.find((scalar) => scalar.addend === addend)?.squaredNorm?.repaired ??
        unsigned.find((fault) => fault.addend === addend)?.repaired ??
        addend,
    );
    const hasBrokenPenalty = broken.length + unsigned.length > 0;
    yield { problem: { ...problem, penalty }, hasBrokenPenalty };
  }
}

/** The factor that algebra gives, where it does and agrees. */
function refined(factor: Factor | undefined, problem: GradientProblem): Factor | undefined {
  const exact = exactPenaltyFactor(problem);
  const isSame =
    exact !== undefined && exact.power === factor?.power && isClose(exact.value, factor.value);
  return isSame ? exact : factor;
}

const isOne = (factor: Factor | undefined): boolean => factor?.value === 1 && factor.power === 0;

function against<Loss extends NamedLoss>(
  loss: Loss,
  { problem, hasBrokenPenalty }: Repaired,
  gradient: HandGradient,
): Outcome<Loss> {
  const { isComplete } = gradient;
  const verdict = judgeGradient(problem);
  if (verdict === undefined) return "unknown";
  const { data, penalty, ratio } = verdict;
  const base = { loss, problem };
  if (data.kind === "wrong-form") return wrongForm(base, "data", data.isFirstEntry);
  if (data.kind !== "scaled") return "unknown";
  if (data.sign === -1 && gradient.role === "update") return ascent(base, gradient);
  if (penalty.kind === "wrong-form") {
    return hasBrokenPenalty ? "unknown" : wrongForm(base, "penalty", penalty.isFirstEntry);
  }
  if (penalty.kind === "missing") {
    return isComplete ? { ...base, kind: "missing-penalty" } : "unknown";
  }
  if (penalty.kind !== "scaled" || ratio === undefined) return "unknown";
  if (isOne(ratio)) return "agrees";
  const culprit = isOne(data.factor) ? "penalty" : "data";
  const factors = { data: data.factor, penalty: refined(penalty.factor, problem), ratio };
  return {
    ...base,
    ...factors,
    kind: "factors",
    lambda: penaltyScale(problem),
    culprit,
    isAgainstTextbook: false,
  };
}

/** The loss has no penalty: it may be what is printed rather than what is minimised. */
function againstDataLoss<Loss extends NamedLoss>(
  loss: Loss,
  repaired: Repaired,
  gradient: HandGradient,
): Outcome<Loss> {
  const { problem } = repaired;
  const verdict = judgeGradient(problem);
  if (verdict === undefined) return "unknown";
  const { data } = verdict;
  if (data.kind === "wrong-form") return wrongForm({ loss, problem }, "data", data.isFirstEntry);
  if (data.kind === "scaled" && data.sign === -1 && gradient.role === "update") {
    return ascent({ loss, problem }, gradient);
  }
  if (data.kind !== "scaled" || isOne(data.factor)) return "agrees";
  const textbook = againstTextbook<Loss>(repaired);
  return typeof textbook === "object" ? { ...textbook, loss } : "agrees";
}

function againstTextbook<Loss extends NamedLoss>({ problem }: Repaired): Outcome<Loss> {
  const step = textbookRidge(problem);
  if (step === undefined) return "unknown";
  const { data, penalty, lambda, isResidualAlone } = step;
  const base = { loss: undefined, problem };
  if (data.kind === "wrong-form") {
    return isResidualAlone
      ? { ...base, kind: "wrong-form", part: "data", isResidualAlone, isFirstEntry: false }
      : "unknown";
  }
  // Only the textbook's own λ/m says which convention the author has in mind.
  if (penalty.kind !== "scaled" || !isOne(penalty.factor)) return "unknown";
  if (data.kind !== "scaled" || data.factor === undefined || data.factor.power !== 0) {
    return "unknown";
  }
  if (isOne(data.factor)) return "agrees";
  const factors = { data: data.factor, penalty: penalty.factor, ratio: data.factor };
  return { ...base, ...factors, kind: "factors", lambda, culprit: "data", isAgainstTextbook: true };
}

function wrongForm<Loss extends NamedLoss>(
  base: { readonly loss: Loss; readonly problem: GradientProblem },
  part: "data" | "penalty",
  isFirstEntry: boolean,
): Disagreement<Loss> {
  return { ...base, kind: "wrong-form", part, isResidualAlone: false, isFirstEntry };
}

/** Names of what is minimised; `J` and `objective` may be a gain. */
const MINIMISED = /loss|cost|error|risk|energy|nll|mse|sse|rss/i;

/** An update along +∂J: a fault where J is one to be minimised. */
function ascent<Loss extends NamedLoss>(
  base: { readonly loss: Loss; readonly problem: GradientProblem },
  { isMaximising }: HandGradient,
): Outcome<Loss> {
  const isMinimised = MINIMISED.test(base.loss.name) || isPositive(base.problem);
  return isMinimised && !isMaximising ? { ...base, kind: "ascent" } : "agrees";
}

/** Whether the data's part of the loss is positive wherever it is tried, as squares are. */
function isPositive(problem: GradientProblem): boolean {
  const loss = sumOf(problem.loss?.data ?? []);
  return [...samplePoints(problem, "binary")].every((point) => {
    const value = point && evaluate(loss, point.values)?.data[0];
    return value !== undefined && value > 0;
  });
}
