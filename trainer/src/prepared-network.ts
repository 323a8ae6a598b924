import type { SelectedBackend } from "./backends/select.ts";
import type { Preparation } from "./preparation.ts";
import type { PreparedRun } from "./procedure.ts";
import { sampleCounts } from "./split.ts";
import { transferNotes } from "./transfer.ts";

/** What all runs that train a network have in common. */
export function preparedNetwork(
  backend: SelectedBackend,
  preparation: Preparation,
): Omit<PreparedRun, "run"> {
  const { dataset, experiment, model, objective, split, transfer, trained } = preparation;
  return {
    backend,
    facts: {
      steps_total: preparation.stepsTotal,
      epochs_total: experiment.training.epochs,
      samples: sampleCounts(split),
      classes: dataset.classes,
      modalities: model.modalities,
      objective,
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
