import type { Experiment } from "./experiment.ts";
import { isSolved } from "./linear-conflicts.ts";

/**
 * Indices of the penalties whose λ changes while a network trains: the one that is chosen by training
 * with each λ, or those that are learned; none without `select`, or where the model is solved.
 */
export function chosenPenalties(experiment: Experiment): readonly number[] {
  const { select, penalty } = experiment;
  if (select === undefined || isSolved(experiment)) return [];
  if (select.penalty !== undefined) return [select.penalty];
  if (select.rule !== "hypergradient") return [0];
  return penalty.flatMap(({ norm }, index) => (norm === "max_norm" ? [] : [index]));
}
