import type { Experiment } from "./experiment.ts";
import { isSolved } from "./linear-conflicts.ts";

/** Index of the penalty whose λ is chosen by training a network with each; `undefined` where none is. */
export function chosenPenalty(experiment: Experiment): number | undefined {
  const { select } = experiment;
  return select === undefined || isSolved(experiment) ? undefined : (select.penalty ?? 0);
}
