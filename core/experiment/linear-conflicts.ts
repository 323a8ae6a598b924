import { hasFeatures, modalitiesOf } from "./data-modalities.ts";
import type { Experiment, LinearModel, Objective } from "./experiment.ts";
import type { ExperimentPath, ExperimentProblem } from "./experiment-problem.ts";

/** Losses that each of the linear models is fitted by. */
const LINEAR_LOSSES: Readonly<Record<LinearModel["type"], readonly Objective["loss"][]>> = {
  linear: ["half_mse", "mse"],
  logistic: ["logistic"],
  softmax: ["cross_entropy"],
};

/** Types of models that are a weighted sum of the features. */
export function isLinear(type: string): type is LinearModel["type"] {
  return Object.hasOwn(LINEAR_LOSSES, type);
}

/** True where the model is fitted to its optimum and not by steps of an optimizer. */
export function isSolved({ model, training }: Experiment): boolean {
  return isLinear(model.type) && training.solver === "auto";
}

/** Whether λ is to be chosen without any part being held out. */
function isClosedForm(rule: string): boolean {
  return rule === "loo" || rule === "gcv" || rule === "evidence";
}

function conflict(path: ExperimentPath, message: string, allowed: string): ExperimentProblem {
  return { path, at: "value", message, allowed };
}

/** What linear models, choosing λ and K folds ask of the rest of the file. */
export function linearConflicts(experiment: Experiment): ExperimentProblem[] {
  const { model, objective, data } = experiment;
  const problems: ExperimentProblem[] = [];
  if (!hasFeatures(data)) {
    const message = `\`model.type: ${model.type}\` reads features, and \`source: ${data.source}\` has ${modalitiesOf(data).join(", ")}`;
    const allowed = "take a source of tables, arrays or pairs, or another model";
    problems.push(conflict(["model", "type"], message, allowed));
  }
  if (isLinear(model.type) && !LINEAR_LOSSES[model.type].includes(objective.loss)) {
    const message = `\`model.type: ${model.type}\` is not fitted by \`${objective.loss}\``;
    const allowed = `its losses are ${LINEAR_LOSSES[model.type].join(", ")}`;
    problems.push(conflict(["objective", "loss"], message, allowed));
  }
  return [...problems, ...penaltyConflicts(experiment), ...selectConflicts(experiment)];
}

const SOLVED_NORMS: readonly string[] = ["l1", "l2", "elastic_net", "group_lasso"];

function penaltyConflicts({ penalty }: Experiment): ExperimentProblem[] {
  const problems = penalty.flatMap((entry, index) => {
    if (SOLVED_NORMS.includes(entry.norm)) return [];
    const message = `the solver of linear models has no \`${entry.norm}\``;
    const allowed = `it has ${SOLVED_NORMS.join(", ")}; \`training.solver: gradient_descent\` has all`;
    return [conflict(["penalty", index, "norm"], message, allowed)];
  });
  const groups = penalty.findIndex(
    (entry) => entry.norm === "group_lasso" && entry.groups === "outputs",
  );
  if (groups >= 0) {
    const message = "the solver of linear models groups the weights of one input";
    problems.push(conflict(["penalty", groups, "groups"], message, "take `groups: inputs`"));
  }
  const l1 = penalty.filter(({ norm }) => norm === "l1" || norm === "elastic_net");
  const grouped = penalty.findIndex(({ norm }) => norm === "group_lasso");
  if (grouped >= 0 && l1.length > 0) {
    const message = "the solver of linear models takes no L1 beside a group lasso";
    problems.push(conflict(["penalty", grouped, "norm"], message, "take one of them"));
  }
  return problems;
}

function selectConflicts({ select, penalty, split, model }: Experiment): ExperimentProblem[] {
  if (split.method === "kfold" && (select === undefined || isClosedForm(select.rule))) {
    const message = "parts are held out in turn to choose λ by `best` or `one_se` alone";
    return [conflict(["split", "method"], message, "take `method: holdout`, or such a `select`")];
  }
  if (select === undefined) return [];
  const { rule } = select;
  if (penalty.length !== 1) {
    const message = `\`select\` chooses the λ of one penalty, there are ${penalty.length}`;
    const allowed = "give one; `elastic_net` has both L1 and L2";
    return [conflict(penalty.length === 0 ? ["select"] : ["penalty"], message, allowed)];
  }
  if (rule === "hypergradient") {
    const message = "λ of a solved model is not learned but chosen";
    return [conflict(["select", "rule"], message, "take `best`, `one_se`, `loo` or `evidence`")];
  }
  if (isClosedForm(rule) && (penalty[0]?.norm !== "l2" || model.type !== "linear")) {
    const message = `\`${rule}\` is a closed form of linear models with one L2 penalty`;
    return [conflict(["select", "rule"], message, "take `best` or `one_se`")];
  }
  if (rule === "one_se" && split.method !== "kfold") {
    const message = "one held-out part has no standard error";
    return [conflict(["select", "rule"], message, "take `split.method: kfold` or `rule: best`")];
  }
  if (!isClosedForm(rule) && split.method === "holdout" && split.validation === 0) {
    const message = "nothing is held out to choose λ on";
    return [conflict(["split", "validation"], message, "give it a share or take `method: kfold`")];
  }
  return [];
}
