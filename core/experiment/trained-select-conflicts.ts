import { chosenPenalties } from "./chosen-penalty.ts";
import type { Experiment, Select } from "./experiment.ts";
import type { ExperimentPath, ExperimentProblem } from "./experiment-problem.ts";
import { learnedLambdaConflicts } from "./learned-lambda-conflicts.ts";

function conflict(path: ExperimentPath, message: string, allowed: string): ExperimentProblem {
  return { path, at: "value", message, allowed };
}

/** What choosing λ by training a network with each asks of the rest of the file. */
export function trainedSelectConflicts(experiment: Experiment): ExperimentProblem[] {
  const { select, split, sparsity_curve: curve } = experiment;
  if (select === undefined) {
    if (split.method !== "kfold") return [];
    const message = "parts are held out in turn to choose λ only, and there is no `select`";
    return [conflict(["split", "method"], message, "take `method: holdout`, or add `select`")];
  }
  const problems =
    select.rule === "hypergradient"
      ? learnedLambdaConflicts(experiment)
      : comparedConflicts(experiment, select);
  if (curve !== undefined) {
    const message = "λ is chosen, or a sparsity curve is measured, not both in one run";
    problems.push(conflict(["sparsity_curve"], message, "leave one of them out"));
  }
  return problems;
}

/** Of λ that are compared with one another. */
function comparedConflicts(experiment: Experiment, select: Select): ExperimentProblem[] {
  const unfit = penaltyConflicts(experiment, select);
  return [...(unfit.length > 0 ? unfit : ruleConflicts(select, experiment.split))];
}

function ruleConflicts(
  { rule, lambda }: Select,
  split: Experiment["split"],
): readonly ExperimentProblem[] {
  const problems: ExperimentProblem[] = [];
  if (rule !== "best" && rule !== "one_se") {
    const message = `\`${rule}\` is a closed form of linear models that are solved`;
    problems.push(conflict(["select", "rule"], message, "take `best` or `one_se`"));
  } else if (rule === "one_se" && split.method !== "kfold") {
    const message = "one held-out part has no standard error";
    const allowed = "take `split.method: kfold` or `rule: best`";
    problems.push(conflict(["select", "rule"], message, allowed));
  }
  if (split.method === "holdout" && split.validation === 0) {
    const message = "nothing is held out to choose λ on";
    const allowed = "give it a share or take `method: kfold`";
    problems.push(conflict(["split", "validation"], message, allowed));
  }
  if ("path" in lambda && lambda.largest === undefined) {
    const message = "no λ is known from which on all weights of a network are zero";
    const allowed = "name `largest`, where the path starts, or give a list of λ";
    problems.push(conflict(["select", "lambda"], message, allowed));
  }
  return problems;
}

function penaltyConflicts(experiment: Experiment, select: Select): readonly ExperimentProblem[] {
  const { penalty } = experiment;
  const index = chosenPenalties(experiment)[0] ?? 0;
  if (penalty.length > 1 && select.penalty === undefined) {
    const message = `\`select\` chooses the λ of one penalty, there are ${penalty.length}`;
    const allowed = `say which by \`penalty\`, from 0 to ${penalty.length - 1}`;
    return [conflict(["select"], message, allowed)];
  }
  const entry = penalty[index];
  if (entry === undefined) {
    const message = penalty.length === 0 ? "there is no penalty" : `there is no penalty ${index}`;
    return [conflict(["select"], `${message} to choose the λ of`, "see `penalty`")];
  }
  if (entry.norm === "max_norm") {
    const message = "`max_norm` is a bound and has no λ";
    return [conflict(["penalty", index, "norm"], message, "choose that of another penalty")];
  }
  return penalty.flatMap((other, at) =>
    at === index || !("lambda" in other) || other.lambda !== 0
      ? []
      : [
          conflict(
            ["penalty", at, "lambda"],
            `penalty ${at} has no λ, and \`select\` chooses that of penalty ${index}`,
            "give it a λ above 0, or leave the penalty out",
          ),
        ],
  );
}
