import { isNetwork, prepareNetwork } from "../prepared-network.ts";
import type { Procedure } from "../procedure.ts";
import { runTraining } from "../run-training.ts";
import { sparsityPoints } from "../sparsity-points.ts";

/** Trains a network, then measures it with more and more of its weights removed. */
export const sparsityCurve: Procedure = {
  id: "sparsity_curve",
  handles: (experiment) => experiment.sparsity_curve !== undefined && isNetwork(experiment),
  async prepare(file, context) {
    const { preparation, prepared } = await prepareNetwork(file, context);
    return {
      ...prepared,
      canResume: true,
      run: (writer, emit, signal, checkpoint) =>
        runTraining(preparation, { writer, emit, signal, checkpoint }, async (session) => ({
          sparsity_curve: await sparsityPoints(session),
        })),
    };
  },
};
