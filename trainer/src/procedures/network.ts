import { isSolved } from "../../../core/experiment/linear-conflicts.ts";
import { selectBackend } from "../backends/select.ts";
import { MODELS } from "../models.generated.ts";
import { prepareTraining, withoutTest } from "../preparation.ts";
import { preparedNetwork } from "../prepared-network.ts";
import type { Procedure } from "../procedure.ts";
import { runTraining } from "../run-training.ts";

/** Trains a network by gradient steps on a backend of tfjs-core. */
export const network: Procedure = {
  id: "network",
  handles: (experiment) =>
    experiment.sparsity_curve === undefined &&
    experiment.select === undefined &&
    MODELS.some(({ id }) => id === experiment.model.type) &&
    !isSolved(experiment),
  async prepare(file, context) {
    const backend = await selectBackend(file.experiment.training.backend, context.report);
    const preparation = await prepareTraining(file, context);
    return {
      ...preparedNetwork(backend, preparation),
      canResume: true,
      run: (writer, emit, signal, checkpoint, trial) =>
        runTraining(trial === undefined ? preparation : withoutTest(preparation), {
          writer,
          emit,
          signal,
          checkpoint,
          trial,
        }),
    };
  },
};
