import { chosenPenalties } from "./chosen-penalty.ts";
import type { Experiment } from "./experiment.ts";
import type { ExperimentPath, ExperimentProblem } from "./experiment-problem.ts";

function conflict(path: ExperimentPath, message: string, allowed: string): ExperimentProblem {
  return { path, at: "value", message, allowed };
}

/** What learning λ on the validation part, while a network trains, asks of the rest of the file. */
export function learnedLambdaConflicts(experiment: Experiment): ExperimentProblem[] {
  const { split, training, penalty } = experiment;
  const problems: ExperimentProblem[] = [];
  if (split.method === "kfold") {
    const message = "λ is learned on one validation part, not on folds";
    problems.push(conflict(["split", "method"], message, "take `method: holdout`"));
  } else if (split.validation === 0) {
    const message = "there is no validation part to learn λ on";
    problems.push(conflict(["split", "validation"], message, "give it a share"));
  }
  if (training.weight_decay > 0) {
    const message = "decoupled decay is part of no objective, whose minimum λ could be learned at";
    const allowed = "take an `l2` penalty in its place, and learn its λ too";
    problems.push(conflict(["training", "weight_decay"], message, allowed));
  }
  const bound = penalty.findIndex(({ norm }) => norm === "max_norm");
  if (bound >= 0) {
    const message = "beside a bound on norms the minimum does not follow λ smoothly";
    problems.push(conflict(["penalty", bound, "norm"], message, "leave `max_norm` out"));
  }
  return [...problems, ...startConflicts(experiment)];
}

/** log λ needs a λ above 0 to start from. */
function startConflicts(experiment: Experiment): ExperimentProblem[] {
  const { penalty } = experiment;
  const chosen = chosenPenalties(experiment);
  if (chosen.every((index) => penalty[index] === undefined)) {
    return [conflict(["select"], "there is no penalty to learn the λ of", "see `penalty`")];
  }
  return penalty.flatMap((entry, index) =>
    !("lambda" in entry) || entry.lambda !== 0
      ? []
      : [
          conflict(
            ["penalty", index, "lambda"],
            chosen.includes(index) ? "λ is learned from a λ above 0 on" : "the penalty has no λ",
            "give it one, for example 1e-3",
          ),
        ],
  );
}
