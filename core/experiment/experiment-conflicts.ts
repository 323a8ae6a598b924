import type { Experiment } from "./experiment.ts";
import type { ExperimentPath, ExperimentProblem } from "./experiment-problem.ts";

function problem(path: ExperimentPath, message: string, allowed: string): ExperimentProblem {
  return { path, at: "value", message, allowed };
}

/** Values that are fine one by one and make no sense together. */
export function experimentConflicts(experiment: Experiment): ExperimentProblem[] {
  return [...splitConflicts(experiment), ...alignmentConflicts(experiment)];
}

function splitConflicts({ split }: Experiment): ExperimentProblem[] {
  const { validation, test } = split;
  if (validation + test < 1) return [];
  return [
    problem(
      ["split", validation > test ? "validation" : "test"],
      `validation ${validation} and test ${test} leave nothing to train on`,
      "their sum must be below 1",
    ),
  ];
}

function alignmentConflicts({ model, objective, training }: Experiment): ExperimentProblem[] {
  if (objective.alignment === undefined) return [];
  if (model.type !== "towers") {
    return [
      problem(
        ["objective", "alignment"],
        `\`model.type: ${model.type}\` embeds one modality, alignment needs two`,
        "take `type: towers` or leave alignment out",
      ),
    ];
  }
  const modalities = Object.keys(model.private);
  const problems: ExperimentProblem[] = [];
  if (modalities.length < 2) {
    problems.push(
      problem(
        ["objective", "alignment"],
        `alignment needs two modalities, \`model.private\` has ${modalities.join(", ")}`,
        "add a modality or leave alignment out",
      ),
    );
  }
  if (training.batch_size < 2) {
    problems.push(
      problem(
        ["training", "batch_size"],
        "with one sample in a batch the alignment loss is always 0",
        "allowed is 2 or more with alignment",
      ),
    );
  }
  return problems;
}
