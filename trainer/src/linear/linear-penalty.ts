import type { Experiment, Penalty } from "../../../core/experiment/experiment.ts";
import type { ExperimentProblem } from "../../../core/experiment/experiment-problem.ts";
import { evaluateLambda } from "../../../core/experiment/lambda.ts";
import type { RecordedPenalty } from "../../../core/protocol/run-files.ts";
import { matchesGlob } from "../name-glob.ts";
import { recordedPenalty } from "../recorded-penalty.ts";
import type { StrengthOf } from "./cross-validate.ts";
import type { Strength } from "./gram-path.ts";

/** Name of the one weight tensor of a linear model. */
export const COEFFICIENTS = "coef";

/** The penalties of a linear model as the solver takes them. */
export interface LinearPenalty {
  /** With the λ that the file gives. */
  given(rows: number): Strength;
  /** With the λ of the one penalty replaced. */
  readonly selected: StrengthOf;
  readonly isGrouped: boolean;
  /** With the λ that the file gives. */
  readonly evaluated: readonly RecordedPenalty[];
  /** Formula for people, with `lambda` in place of the file's where one is given. */
  label(lambda?: number): string;
}

export interface PenaltyContext {
  readonly outputs: number;
  /** Number of weights. */
  readonly weights: number;
  /** Training rows. */
  readonly rows: number;
}

/**
 * Strengths per row of the solver's objective 1/(2m)·‖y − Xw‖² + l1·‖w‖₁ + ½l2·‖w‖², or of a mean log
 * loss with the same penalties. A loss without the half takes half the strength.
 */
export function linearPenalty(
  { penalty, objective }: Pick<Experiment, "penalty" | "objective">,
  { outputs, weights, rows }: PenaltyContext,
): LinearPenalty | { readonly problem: ExperimentProblem } {
  const factor = objective.loss === "mse" ? 0.5 : 1;
  const variables = { m: rows, n: weights, batch: rows, steps: 1 };
  const terms: { readonly entry: Penalty; readonly lambda: number }[] = [];
  for (const [index, entry] of penalty.entries()) {
    if (entry.norm === "max_norm") continue;
    const at = (key: string, message: string, allowed: string) => ({
      problem: { path: ["penalty", index, key], at: "value", message, allowed } as const,
    });
    if (!matchesGlob(entry.on ?? "*", COEFFICIENTS)) {
      return at("on", `\`${entry.on}\` matches no parameter`, `weights are ${COEFFICIENTS}`);
    }
    const lambda = evaluateLambda(entry.lambda, variables);
    if ("error" in lambda) return at("lambda", lambda.error, "");
    terms.push({ entry, lambda: lambda.value });
  }
  const strength = (entry: Penalty, lambda: number, count: number): Strength => {
    const { l1, l2 } = strengthOf(entry, lambda, count, outputs);
    return { l1: factor * l1, l2: factor * l2 };
  };
  const [first] = terms;
  return {
    given: (count) =>
      terms
        .map(({ entry, lambda }) => strength(entry, lambda, count))
        .reduce((sum, { l1, l2 }) => ({ l1: sum.l1 + l1, l2: sum.l2 + l2 }), { l1: 0, l2: 0 }),
    selected: (lambda, count) =>
      first === undefined ? { l1: 0, l2: 0 } : strength(first.entry, lambda, count),
    evaluated: terms.map(({ entry, lambda }) => recordedPenalty(entry, lambda)),
    isGrouped: terms.some(({ entry }) => entry.norm === "group_lasso"),
    label: (chosen) =>
      terms
        .filter(({ lambda }) => (chosen ?? lambda) > 0)
        .map(({ entry, lambda }) => labelOf(entry, chosen ?? lambda))
        .join(" + "),
  };
}

function strengthOf(entry: Penalty, lambda: number, rows: number, outputs: number): Strength {
  switch (entry.norm) {
    case "l1":
      return { l1: lambda, l2: 0 };
    case "l2":
      if (entry.convention === "plain") return { l1: 0, l2: 2 * lambda };
      return { l1: 0, l2: entry.convention === "half" ? lambda : lambda / rows };
    case "elastic_net":
      return { l1: lambda * entry.l1_ratio, l2: lambda * (1 - entry.l1_ratio) };
    case "group_lasso":
      return { l1: lambda * Math.sqrt(outputs), l2: 0 };
    default:
      throw new TypeError(`Cannot solve with the penalty ${entry.norm}`);
  }
}

function labelOf(entry: Penalty, lambda: number): string {
  const number = Number(lambda.toPrecision(6));
  switch (entry.norm) {
    case "l1":
      return `${number}·‖w‖₁`;
    case "l2":
      if (entry.convention === "plain") return `${number}·‖w‖²`;
      return entry.convention === "half" ? `${number}/2·‖w‖²` : `${number}/(2m)·‖w‖²`;
    case "elastic_net":
      return `${number}·(${entry.l1_ratio}·‖w‖₁ + ${1 - entry.l1_ratio}/2·‖w‖²)`;
    default:
      return `${number}·Σ√p·‖w_g‖₂`;
  }
}
