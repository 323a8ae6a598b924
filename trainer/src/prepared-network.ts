import type { Experiment } from "../../core/experiment/experiment.ts";
import { isSolved } from "../../core/experiment/linear-conflicts.ts";
import { type SelectedBackend, selectBackend } from "./backends/select.ts";
import type { LoadContext } from "./data-source.ts";
import type { ExperimentFile } from "./experiment-file.ts";
import { MODELS } from "./models.generated.ts";
import { type Preparation, prepareTraining } from "./preparation.ts";
import type { PreparedRun } from "./procedure.ts";
import { sampleCounts } from "./split.ts";
import { transferNotes } from "./transfer.ts";

/** True for models that are trained by gradient steps, whatever else is done with them. */
export function isNetwork(experiment: Experiment): boolean {
  return MODELS.some(({ id }) => id === experiment.model.type) && !isSolved(experiment);
}

/** What all runs that train a network have in common, on the backend that the file asks for. */
export async function prepareNetwork(
  file: ExperimentFile,
  context: LoadContext,
): Promise<{ readonly preparation: Preparation; readonly prepared: Omit<PreparedRun, "run"> }> {
  const backend = await selectBackend(file.experiment.training.backend, context.report);
  const preparation = await prepareTraining(file, context);
  return { preparation, prepared: preparedNetwork(backend, preparation) };
}

export function preparedNetwork(
  backend: SelectedBackend,
  preparation: Preparation,
): Omit<PreparedRun, "run"> {
  const { dataset, experiment, model, objective, split, transfer, trained } = preparation;
  const { evaluated } = preparation.penalties;
  const isGiven = experiment.select === undefined && evaluated.length > 0;
  return {
    backend,
    facts: {
      steps_total: preparation.stepsTotal,
      epochs_total: experiment.training.epochs,
      samples: sampleCounts(split),
      classes: dataset.classes,
      modalities: model.modalities,
      objective,
      ...(isGiven ? { penalties: evaluated } : {}),
      ...(transfer === undefined ? {} : { transfer }),
    },
    notes: [
      ...preparation.notes,
      ...sampleNotes(preparation),
      ...(transfer === undefined ? [] : transferNotes(transfer)),
      ...trained.notes,
    ],
    dispose: () => {
      releasePreparation(preparation);
    },
  };
}

/** Gives back the tensors of a network that is trained no more. */
export function releasePreparation({ penalties, operations, model }: Preparation): void {
  penalties.dispose();
  operations.dispose();
  model.dispose();
}

/** Where a part is measured on a sample of it. */
function sampleNotes({ split, evaluated }: Preparation): readonly string[] {
  return (["train", "validation", "test"] as const)
    .filter((part) => evaluated[part].length < split[part].length)
    .map(
      (part) =>
        `${part} metrics of an epoch are measured on ${evaluated[part].length} of ${split[part].length} rows`,
    );
}
