import { isSolved } from "../../../core/experiment/linear-conflicts.ts";
import type { SelectedBackend } from "../backends/select.ts";
import { describeLinear, prepareLinear } from "../linear/linear-preparation.ts";
import { lambdaCount, runLinear } from "../linear/run-linear.ts";
import type { Procedure } from "../procedure.ts";
import { sampleCounts } from "../split.ts";

/** What linear models are solved with. */
const SOLVER: SelectedBackend = {
  name: "solver",
  device: "CPU, WebAssembly SIMD, binary64",
  reason: "the objective is convex and fitted to its optimum, not trained",
  versions: {},
};

/** Fits a linear, logistic or softmax model to the optimum of its objective, and chooses its λ. */
export const linear: Procedure = {
  id: "linear",
  handles: isSolved,
  async prepare(file, context) {
    const preparation = await prepareLinear(file, context);
    const { dataset, experiment, split, modalities, notes, penalty } = preparation;
    const isGiven = experiment.select === undefined && penalty.evaluated.length > 0;
    return {
      backend: SOLVER,
      facts: {
        steps_total: lambdaCount(preparation),
        epochs_total: 1,
        samples: sampleCounts(split),
        classes: dataset.classes,
        modalities,
        objective: describeLinear(preparation),
        ...(isGiven ? { penalties: penalty.evaluated } : {}),
      },
      notes,
      run: (writer, emit, signal) => runLinear(preparation, writer, emit, signal),
      dispose: () => undefined,
    };
  },
};
