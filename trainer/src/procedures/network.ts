import { withoutTest } from "../preparation.ts";
import { isNetwork, prepareNetwork } from "../prepared-network.ts";
import type { Procedure } from "../procedure.ts";
import { runTraining } from "../run-training.ts";

/** Trains a network by gradient steps on a backend of tfjs-core. */
export const network: Procedure = {
  id: "network",
  handles: (experiment) =>
    experiment.sparsity_curve === undefined &&
    experiment.select === undefined &&
    isNetwork(experiment),
  async prepare(file, context) {
    const { preparation, prepared } = await prepareNetwork(file, context);
    return {
      ...prepared,
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
