import type { AlignmentModel } from "../../../core/experiment/experiment.ts";
import { ALIGNMENT_METHODS } from "../alignment-methods.generated.ts";
import { prepareAlignment } from "../alignment-preparation.ts";
import { type SelectedBackend, selectBackend } from "../backends/select.ts";
import { findById } from "../find-by-id.ts";
import type { Procedure } from "../procedure.ts";
import { runAlignment } from "../run-alignment.ts";

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
  async prepare(file, context) {
    const { model, training } = file.experiment;
    if (model.type !== "alignment") throw new TypeError(`Cannot align by a model ${model.type}`);
    const isTrained = isDescended(model);
    const backend = isTrained ? await selectBackend(training.backend, context.report) : CLOSED_FORM;
    const preparation = await prepareAlignment(file, model, context);
    const { dataset, split, notes } = preparation;
    const steps = Math.ceil(preparation.pairs.length / training.batch_size) * training.epochs;
    return {
      backend,
      facts: {
        steps_total: isTrained ? steps : 1,
        epochs_total: isTrained ? training.epochs : 1,
        samples: {
          train: split.train.length,
          validation: split.validation.length,
          test: split.test.length,
        },
        classes: dataset.classes,
        modalities: [model.from, model.to],
        objective: findById(ALIGNMENT_METHODS, model.method).describe(model),
      },
      notes,
      run: (writer, emit, signal) => runAlignment(preparation, writer, emit, signal),
      dispose: () => undefined,
    };
  },
};

function isDescended({ method }: AlignmentModel): boolean {
  return method === "mlp" || method === "contrastive";
}
