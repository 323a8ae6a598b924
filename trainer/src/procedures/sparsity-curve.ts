import { selectBackend } from "../backends/select.ts";
import { MODELS } from "../models.generated.ts";
import { prepareTraining } from "../preparation.ts";
import { preparedNetwork } from "../prepared-network.ts";
import type { Procedure } from "../procedure.ts";
import { runTraining } from "../run-training.ts";
import { sparsityPoints } from "../sparsity-points.ts";

/** Trains a network, then measures it with more and more of its weights removed. */
export const sparsityCurve: Procedure = {
  id: "sparsity_curve",
  handles: ({ model, sparsity_curve: curve }) =>
    curve !== undefined && MODELS.some(({ id }) => id === model.type),
  async prepare(file, context) {
    const backend = await selectBackend(file.experiment.training.backend, context.report);
    const preparation = await prepareTraining(file, context);
    return {
      ...preparedNetwork(backend, preparation),
      canResume: true,
      run: (writer, emit, signal, checkpoint) =>
        runTraining(preparation, { writer, emit, signal, checkpoint }, async (session) => ({
          sparsity_curve: await sparsityPoints(session),
        })),
    };
  },
};
