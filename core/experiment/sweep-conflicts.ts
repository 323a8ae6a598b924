import type { Experiment, Sweep, SweptKey } from "./experiment.ts";
import type { ExperimentPath, ExperimentProblem } from "./experiment-problem.ts";
import { isSolved } from "./linear-conflicts.ts";
import { hasOwnObjective } from "./own-objective.ts";

/** Trials that a sweep may have. */
const MOST_TRIALS = 10_000;

function conflict(path: ExperimentPath, message: string, allowed: string): ExperimentProblem {
  return { path: ["sweep", ...path], at: "value", message, allowed };
}

/** What a sweep asks of itself and of the rest of the file. */
export function sweepConflicts(experiment: Experiment): ExperimentProblem[] {
  const { sweep, split } = experiment;
  if (sweep === undefined) return [];
  const unfit = unfitExperiment(experiment);
  if (unfit !== undefined) return [conflict([], ...unfit)];
  const problems = sweep.vary.flatMap((entry, index) => keyConflicts(sweep, entry, index));
  if (split.validation === 0) {
    const message = "trials are compared on the validation part, and there is none";
    problems.push({
      path: ["split", "validation"],
      at: "value",
      message,
      allowed: "give it a share",
    });
  }
  if (!sweep.metric.startsWith("validation/")) {
    const message = `\`${sweep.metric}\` is not measured on the validation part`;
    problems.push(conflict(["metric"], message, "take a metric `validation/…`"));
  }
  return [...problems, ...sizeConflicts(experiment, sweep)];
}

/** Why there can be no sweep, and what to do about it. */
function unfitExperiment(experiment: Experiment): readonly [string, string] | undefined {
  const { model, select, sparsity_curve: curve } = experiment;
  if (isSolved(experiment)) {
    return ["the λ of a solved model is chosen by `select`", "take `select` in place of `sweep`"];
  }
  if (hasOwnObjective(model.type)) {
    return [`\`model.type: ${model.type}\` is not trained in trials`, "leave `sweep` out"];
  }
  if (select !== undefined)
    return ["λ is chosen by `select` or by `sweep`", "leave one of them out"];
  return curve === undefined
    ? undefined
    : ["a sparsity curve is measured for one training", "leave `sweep` or `sparsity_curve` out"];
}

function keyConflicts(sweep: Sweep, entry: SweptKey, index: number): ExperimentProblem[] {
  const { key, values, low, high, scale } = entry;
  const at = (name: string) => ["vary", index, name];
  if (key === "name" || key.startsWith("sweep")) {
    return [conflict(at("key"), `\`${key}\` cannot differ between trials`, "name another key")];
  }
  if (sweep.halving !== undefined && key === "training.epochs") {
    const message = "with `halving` all trials have the same epochs";
    return [conflict(at("key"), message, "leave out `training.epochs` or `halving`")];
  }
  if (sweep.vary.findIndex((other) => other.key === key) < index) {
    return [conflict(at("key"), `\`${key}\` is there already`, "give each key once")];
  }
  if (values !== undefined) {
    if (low === undefined && high === undefined) return [];
    return [conflict(at("values"), "`values` or a range, not both", "leave one of them out")];
  }
  if (low === undefined || high === undefined) {
    const message = `\`${key}\` has no values to take`;
    return [conflict(at("key"), message, "give `values`, or `low` and `high`")];
  }
  if (!(low < high)) {
    return [conflict(at("high"), `${high} is not above low, ${low}`, "give a range")];
  }
  return scale === "log" && low <= 0
    ? [conflict(at("low"), `${low} has no logarithm`, "take a number above 0, or `scale: linear`")]
    : [];
}

function sizeConflicts({ training }: Experiment, sweep: Sweep): ExperimentProblem[] {
  const { halving, search, vary } = sweep;
  const problems: ExperimentProblem[] = [];
  const size = vary.reduce((product, { values, count }) => product * (values?.length ?? count), 1);
  if (search === "grid" && size > MOST_TRIALS) {
    const message = `the grid has ${size} trials, more than ${MOST_TRIALS}`;
    problems.push(conflict(["vary"], message, "take fewer values, or `search: random`"));
  }
  if (halving !== undefined && halving.min_epochs >= training.epochs) {
    const message = `with ${training.epochs} epochs there is no rung of ${halving.min_epochs} below`;
    const allowed = "make `training.epochs` larger, or `min_epochs` smaller";
    problems.push(conflict(["halving", "min_epochs"], message, allowed));
  }
  return problems;
}
