import type { Experiment } from "../../core/experiment/experiment.ts";
import type { Dataset } from "./dataset.ts";
import { createRandom } from "./random.ts";

/**
 * Hides labels of training rows from the losses of single modalities, as `objective.labelled` says:
 * round(share · rows) of `train`, drawn by the training's seed, keep theirs.
 *
 * Rows outside the training part keep all labels: they are only measured.
 */
export function withholdLabels(
  dataset: Dataset,
  train: Int32Array,
  { objective, training }: Experiment,
): Dataset {
  const shares = new Map<string, number>(Object.entries(objective.labelled ?? {}));
  if (shares.size === 0) return dataset;
  return {
    ...dataset,
    modalities: dataset.modalities.map((modality) => {
      const share = shares.get(modality.name);
      if (share === undefined) return modality;
      const labelled = new Uint8Array(dataset.rows).fill(1);
      const order = createRandom(training.seed, `labelled/${modality.name}`).permutation(
        train.length,
      );
      for (const place of order.subarray(Math.round(share * train.length))) {
        labelled[train[place] ?? 0] = 0;
      }
      return { ...modality, labelled };
    }),
  };
}
