import type { Dataset } from "./dataset.ts";
import type { ExperimentFile } from "./experiment-file.ts";
import { handleMispaired } from "./mispaired-policy.ts";
import { handleMissing } from "./missing-policy.ts";
import type { DataUse } from "./prepare-data.ts";
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

/** The modalities that are looked at, and whether what stands in for one is learned here. */
interface Inspection extends Pick<DataUse, "fits"> {
  readonly names: readonly string[];
}

/**
 * Measures what is missing, mis-paired and of another scale among the modalities `names`, and does
 * about it what the experiment says.
 *
 * Where fitting is done by fold, `mask` and `impute` come to one: what a row lacks has gaps, which
 * every fold fills with its own training part's mean.
 *
 * @throws {ExperimentRefused} If `missing_policy: refuse` meets a row that lacks a modality.
 */
export function inspectModalities(
  file: ExperimentFile,
  dataset: Dataset,
  split: Split,
  { names, fits }: Inspection,
): InspectedModalities {
  const { data, split: settings } = file.experiment;
  const { missing_policy: missing, mispaired_policy: mispaired = "report" } = data;
  // Only sources of several modalities have the key: in a table nothing of the kind can be.
  if (missing === undefined) return { dataset, split, values: {}, notes: [] };
  const isGap = fits === "by_fold" && (missing === "mask" || missing === "impute");
  const whole = handleMissing(dataset, split, names, isGap ? "leave_gaps" : missing);
  if (typeof whole === "string") {
    throw file.refuse({
      path: ["data", "missing_policy"],
      at: "value",
      message: whole,
      allowed: "mask, drop or impute lets the run go on",
    });
  }
  const paired = handleMispaired(whole.dataset, whole.split, names, mispaired, settings.seed);
  return {
    dataset: whole.dataset,
    split: paired.split,
    values: { ...whole.values, ...paired.values },
    notes: [...whole.notes, ...paired.notes],
  };
}
