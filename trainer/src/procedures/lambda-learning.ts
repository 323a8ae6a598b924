import { isNetwork, prepareNetwork } from "../prepared-network.ts";
import type { Procedure } from "../procedure.ts";
import { runTraining } from "../run-training.ts";
import { createLambdaLearner } from "../selection/lambda-learner.ts";

/** Trains a network and learns the λ of its penalties on the validation part while it does. */
export const lambdaLearning: Procedure = {
  id: "lambda_learning",
  handles: (experiment) =>
    experiment.select?.rule === "hypergradient" &&
    experiment.sparsity_curve === undefined &&
    isNetwork(experiment),
  async prepare(file, context) {
    const { select } = file.experiment;
    if (select === undefined) throw new TypeError("Cannot learn λ without `select`");
    const { preparation, prepared } = await prepareNetwork(file, context);
    const learner = createLambdaLearner(preparation, select);
    return {
      ...prepared,
      notes: [
        ...prepared.notes,
        `λ is learned on the ${preparation.evaluated.validation.length} rows of the validation part, by the hypergradient every ${select.every} steps`,
      ],
      canResume: true,
      run: (writer, emit, signal, checkpoint) =>
        runTraining(preparation, { writer, emit, signal, checkpoint, learner }, async () => ({
          selection: learner.selection(),
        })),
    };
  },
};
