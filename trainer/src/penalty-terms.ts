import type { Penalty as PenaltyEntry } from "../../core/experiment/experiment.ts";
import type { ExperimentProblem } from "../../core/experiment/experiment-problem.ts";
import { evaluateLambda, type LambdaVariables } from "../../core/experiment/lambda.ts";
import { matchesGlob } from "./name-glob.ts";
import { countElements, type Parameter } from "./parameters.ts";
import { PENALTIES } from "./penalties.generated.ts";
import type { PenaltyTerm } from "./penalty.ts";

export interface PenaltyTerms {
  /** By parameter name; parameters without terms are left out. */
  readonly byParameter: ReadonlyMap<string, readonly PenaltyTerm[]>;
  /** One clause for each entry, in order: "0.001·‖w‖₁ on image.*". */
  readonly labels: readonly string[];
}

/**
 * The penalties of an experiment on the parameters they fall on, each λ evaluated with the number
 * of elements it falls on as n.
 *
 * Without `on` an entry falls on all weights; with it, on the weights whose names match. Biases are
 * penalised only by a glob that ends in "bias". An entry whose λ is 0 has no term at all, so that
 * training with it is training without it.
 */
export function penaltyTerms(
  entries: readonly PenaltyEntry[],
  parameters: readonly Parameter[],
  variables: Omit<LambdaVariables, "n">,
): PenaltyTerms | { readonly problem: ExperimentProblem } {
  const byParameter = new Map<string, readonly PenaltyTerm[]>();
  const labels: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const chosen = parameters.filter((parameter) => isChosen(entry.on, parameter));
    if (chosen.length === 0) return { problem: noMatch(index, entry.on ?? "*", parameters) };

    const lambda = evaluateLambda(entry.lambda, { ...variables, n: countElements(chosen) });
    if ("error" in lambda) return { problem: badLambda(index, lambda.error) };
    if (lambda.value === 0) continue;

    const terms = PENALTIES.flatMap(({ term }) => term(entry, lambda.value, variables.m) ?? []);
    labels.push(...terms.map(({ label }) => labelOn(label, entry.on)));
    for (const { name } of chosen) {
      byParameter.set(name, [...(byParameter.get(name) ?? []), ...terms]);
    }
  }
  return { byParameter, labels };
}

function labelOn(label: string, on: string | undefined): string {
  return on === undefined ? label : `${label} on ${on}`;
}

function badLambda(index: number, message: string): ExperimentProblem {
  return { path: ["penalty", index, "lambda"], at: "value", message, allowed: "" };
}

function isChosen(on: string | undefined, { name, kind }: Parameter): boolean {
  if (kind === "bias" && on?.endsWith("bias") !== true) return false;
  return matchesGlob(on ?? "*", name);
}

function noMatch(index: number, on: string, parameters: readonly Parameter[]): ExperimentProblem {
  const names = parameters.filter(({ kind }) => kind === "weight").map(({ name }) => name);
  return {
    path: ["penalty", index, "on"],
    at: "value",
    message: `\`${on}\` matches no parameter`,
    allowed: `weights are ${names.join(", ")}`,
  };
}
