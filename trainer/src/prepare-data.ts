import { alignTasks } from "./align-tasks.ts";
import type { LoadContext } from "./data-source.ts";
import type { Dataset } from "./dataset.ts";
import type { ExperimentFile } from "./experiment-file.ts";
import { fitDataset, fittingOf } from "./features/fit-dataset.ts";
import { inspectModalities } from "./inspect-modalities.ts";
import { loadDataset } from "./load-dataset.ts";
import type { Values } from "./procedure.ts";
import type { Split } from "./split.ts";
import { splitDataset } from "./split-dataset.ts";
import { withholdLabels } from "./withhold-labels.ts";

/** What a procedure makes of the data. */
export interface DataUse {
  /**
   * Names of the modalities that it reads.
   *
   * @throws {ExperimentRefused | UserError} If the data are not what it can read.
   */
  reads(dataset: Dataset): readonly string[];
  /**
   * Who learns means, deviations and words: `once`, all is learned here on the training part; `by_fold`,
   * the procedure does so itself, for there is a training part in every fold.
   */
  readonly fits: "once" | "by_fold";
  /** Divides the rows, in place of the experiment's split. */
  readonly divide?: (dataset: Dataset) => Split;
}

export interface PreparedData {
  readonly dataset: Dataset;
  readonly split: Split;
  /** What the modalities are like, by metric name `data/…`. */
  readonly values: Values;
  /** What was found in the data and done about it, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Loads and divides the data of an experiment, does what the file says about tasks, missing and
 * mis-paired modalities and labels, and learns on the training part what is learned once.
 *
 * @throws {ExperimentRefused} If a value of the file does not fit the data, or says nothing to it.
 * @throws {UserError} If the data cannot be read, or nothing is left to train on.
 */
export async function prepareData(
  file: ExperimentFile,
  context: LoadContext,
  { reads, fits, divide = (dataset) => splitDataset(dataset, file.experiment.split) }: DataUse,
): Promise<PreparedData> {
  const { experiment } = file;
  const loaded = await loadDataset(experiment, context);
  refuseSecondTest(file, loaded);
  const names = reads(loaded);
  const given = alignTasks(file, loaded);
  const parts = divide(given);
  const inspected = inspectModalities(file, given, parts, { names, fits });
  const { split, values, notes } = inspected;
  const sparing = withholdLabels(inspected.dataset, split.train, experiment);
  const dataset =
    fits === "by_fold"
      ? sparing
      : fitDataset(sparing, split.train, fittingOf(experiment.data), context.report);
  return { dataset, split, values, notes };
}

/** @throws {ExperimentRefused} If the file asks for a share of the rows where the source has its own. */
function refuseSecondTest(file: ExperimentFile, { testRows }: Dataset): void {
  if (testRows === undefined || !file.has(["split", "test"])) return;
  throw file.refuse({
    path: ["split", "test"],
    at: "key",
    message: "the data have a test part of their own",
    allowed: "leave `test` out",
  });
}
