import type { LoadContext } from "../data-source.ts";
import type { ExperimentFile } from "../experiment-file.ts";
import { experimentFolds } from "../experiment-folds.ts";
import { prepareTraining } from "../preparation.ts";
import { isNetwork, prepareNetwork } from "../prepared-network.ts";
import type { Procedure } from "../procedure.ts";
import { runSelection } from "../selection/run-selection.ts";
import { type SelectionPreparation, selectionLength } from "../selection/selection-preparation.ts";
import { trainingOrder } from "../selection/training-order.ts";

/** Trains a network with one λ after the other and keeps the one that is best on held-out rows. */
export const lambdaSelection: Procedure = {
  id: "lambda_selection",
  handles: (experiment) =>
    experiment.select !== undefined &&
    experiment.select.rule !== "hypergradient" &&
    experiment.sparsity_curve === undefined &&
    isNetwork(experiment),
  async prepare(file, context) {
    const { select, split } = file.experiment;
    if (select === undefined) throw new TypeError("Cannot choose λ without `select`");
    const { preparation, prepared } = await prepareNetwork(file, context);
    const folds =
      split.method === "kfold"
        ? experimentFolds(split, preparation.dataset, preparation.split.train)
        : [];
    const selection = { preparation, select, folds, prepareFold: foldPreparer(file, context) };
    const { stepsTotal, epochsTotal } = selectionLength(selection);
    return {
      ...prepared,
      facts: { ...prepared.facts, steps_total: stepsTotal, epochs_total: epochsTotal },
      notes: [...prepared.notes, howChosen(selection)],
      run: (writer, emit, signal) => runSelection(selection, { writer, emit, signal }),
    };
  },
};

/** Loads the data anew, so that whatever is fitted on them is fitted on the fold's training rows. */
function foldPreparer(
  file: ExperimentFile,
  context: LoadContext,
): SelectionPreparation["prepareFold"] {
  const silent = { ...context, report: () => undefined };
  return ({ train, held }) =>
    prepareTraining(file, silent, () => ({ train, validation: held, test: new Int32Array(0) }));
}

function howChosen({ preparation, select, folds }: SelectionPreparation): string {
  const count = trainingOrder(select).length;
  const held =
    folds.length > 0
      ? `on ${folds.length} folds`
      : `on the ${preparation.split.validation.length} rows of the validation part`;
  const start = select.warm_start
    ? "from the least upwards, each from the weights of the one before"
    : "each from the same initial weights";
  return `λ by ${select.rule} of ${count} ${held}, trained ${start}`;
}
