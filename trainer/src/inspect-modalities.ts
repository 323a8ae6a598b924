import type { Dataset } from "./dataset.ts";
import type { ExperimentFile } from "./experiment-file.ts";
import { handleMispaired } from "./mispaired-policy.ts";
import { handleMissing } from "./missing-policy.ts";
import type { Values } from "./procedure.ts";
import type { Split } from "./split.ts";

export interface InspectedModalities {
  readonly dataset: Dataset;
  readonly split: Split;
  /** What the data are like, by metric name `data/…`. */
  readonly values: Values;
  /** What was found and what was done about it, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Measures what is missing, mis-paired and of another scale among the modalities `names`, and does
 * about it what the experiment says.
 *
 * @throws {ExperimentRefused} If `missing_policy: refuse` meets a row that lacks a modality.
 */
export function inspectModalities(
  file: ExperimentFile,
  dataset: Dataset,
  split: Split,
  names: readonly string[],
): InspectedModalities {
  const { data, training } = file.experiment;
  const { missing_policy: missing = "mask", mispaired_policy: mispaired = "report" } = data;
  const whole = handleMissing(dataset, split, names, missing);
  if (typeof whole === "string") {
    throw file.refuse({
      path: ["data", "missing_policy"],
      at: "value",
      message: whole,
      allowed: "mask, drop or impute lets the run go on",
    });
  }
  const paired = handleMispaired(whole.dataset, whole.split, names, mispaired, training.seed);
  return {
    dataset: whole.dataset,
    split: paired.split,
    values: { ...whole.values, ...paired.values },
    notes: [...whole.notes, ...paired.notes],
  };
}
