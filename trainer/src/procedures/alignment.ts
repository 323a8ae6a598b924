import type { AlignmentModel } from "../../../core/experiment/experiment.ts";
import type { FittedMethod, TrainedMethod } from "../alignment-method.ts";
import { ALIGNMENT_METHODS } from "../alignment-methods.generated.ts";
import { prepareAlignment } from "../alignment-preparation.ts";
import { alignmentTraining } from "../alignment-training.ts";
import { type SelectedBackend, selectBackend } from "../backends/select.ts";
import type { LoadContext } from "../data-source.ts";
import type { ExperimentFile } from "../experiment-file.ts";
import { findById } from "../find-by-id.ts";
import { preparedNetwork } from "../prepared-network.ts";
import type { PreparedRun, Procedure } from "../procedure.ts";
import { runAlignment } from "../run-alignment.ts";
import { runTraining } from "../run-training.ts";
import { sampleCounts } from "../split.ts";

/** What a closed form is computed with. */
const CLOSED_FORM: SelectedBackend = {
  name: "binary64",
  device: "CPU",
  reason: "a closed form, not trained",
  versions: {},
};

/** Maps one modality into another, or both into a common space. */
export const alignment: Procedure = {
  id: "alignment",
  handles: ({ model }) => model.type === "alignment",
  prepare(file, context) {
    const { model } = file.experiment;
    if (model.type !== "alignment") throw new TypeError(`Cannot align by a model ${model.type}`);
    const method = findById(ALIGNMENT_METHODS, model.method);
    return "network" in method
      ? prepareTrained(file, model, method, context)
      : prepareFitted(file, model, method, context);
  },
};

async function prepareTrained(
  file: ExperimentFile,
  model: AlignmentModel,
  method: TrainedMethod,
  context: LoadContext,
): Promise<PreparedRun> {
  const backend = await selectBackend(file.experiment.training.backend, context.report);
  const preparation = alignmentTraining(file, method, await prepareAlignment(file, model, context));
  return {
    ...preparedNetwork(backend, preparation),
    canResume: true,
    run: (writer, emit, signal, checkpoint) =>
      runTraining(preparation, { writer, emit, signal, checkpoint }),
  };
}

async function prepareFitted(
  file: ExperimentFile,
  model: AlignmentModel,
  method: FittedMethod,
  context: LoadContext,
): Promise<PreparedRun> {
  const preparation = await prepareAlignment(file, model, context);
  const { dataset, split, notes } = preparation;
  return {
    backend: CLOSED_FORM,
    facts: {
      steps_total: 1,
      epochs_total: 1,
      samples: sampleCounts(split),
      classes: dataset.classes,
      modalities: [model.from, model.to],
      objective: method.describe(model),
    },
    notes,
    run: (writer, emit, signal) => runAlignment(method, preparation, writer, emit, signal),
    dispose: () => undefined,
  };
}
