import { selectBackend } from "../backends/select.ts";
import { MODELS } from "../models.generated.ts";
import { type Preparation, prepareTraining } from "../preparation.ts";
import type { Procedure } from "../procedure.ts";
import { runTraining } from "../run-training.ts";

/** Trains a network by gradient steps on a backend of tfjs-core. */
export const network: Procedure = {
  id: "network",
  handles: ({ model }) => MODELS.some(({ id }) => id === model.type),
  async prepare(file, context) {
    const backend = await selectBackend(file.experiment.training.backend, context.report);
    const preparation = await prepareTraining(file, context);
    const { dataset, experiment, model, objective, split } = preparation;
    return {
      backend,
      facts: {
        steps_total: preparation.stepsTotal,
        epochs_total: experiment.training.epochs,
        samples: {
          train: split.train.length,
          validation: split.validation.length,
          test: split.test.length,
        },
        classes: dataset.classes,
        modalities: model.modalities,
        objective,
      },
      notes: [...preparation.notes, ...sampleNotes(preparation)],
      run: (writer, emit, signal) => runTraining(preparation, writer, emit, signal),
      dispose: () => {
        preparation.penalties.dispose();
        model.dispose();
      },
    };
  },
};

/** Where a part is measured on a sample of it. */
function sampleNotes({ split, evaluated }: Preparation): readonly string[] {
  return (["train", "validation", "test"] as const)
    .filter((part) => evaluated[part].length < split[part].length)
    .map(
      (part) =>
        `${part} metrics of an epoch are measured on ${evaluated[part].length} of ${split[part].length} rows`,
    );
}
