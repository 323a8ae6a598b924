import type { AlignmentModel, Training } from "../../core/experiment/experiment.ts";
import { fitScaling, type Scaling } from "./alignment/scaling.ts";
import type { LoadContext } from "./data-source.ts";
import type { Dataset, ModalityData } from "./dataset.ts";
import type { ExperimentFile } from "./experiment-file.ts";
import { modalityMatrix } from "./modality-matrix.ts";
import { prepareData } from "./prepare-data.ts";
import type { Values } from "./procedure.ts";
import type { Split } from "./split.ts";

/** Everything that fitting a map needs. */
export interface AlignmentPreparation {
  readonly model: AlignmentModel;
  readonly training: Training;
  readonly folder: string;
  readonly dataset: Dataset;
  readonly split: Split;
  readonly from: PreparedModality;
  readonly to: PreparedModality;
  /** Training rows that have both modalities. */
  readonly pairs: Int32Array;
  /** What the data are like, by metric name. */
  readonly values: Values;
  readonly notes: readonly string[];
}

export interface PreparedModality {
  readonly modality: ModalityData;
  /** Learned on the training part. */
  readonly scaling: Scaling;
}

/**
 * Loads the data, does what the file says about missing and mis-paired rows, and learns the scaling.
 *
 * @throws {ExperimentRefused} If the data lack a modality, or have too few pairs.
 */
export async function prepareAlignment(
  file: ExperimentFile,
  model: AlignmentModel,
  context: LoadContext,
): Promise<AlignmentPreparation> {
  const { dataset, split, values, notes } = await prepareData(file, context, {
    reads(loaded) {
      for (const side of ["from", "to"] as const) checkModality(file, side, model[side], loaded);
      return [model.from, model.to];
    },
    fits: "once",
  });
  const [from, to] = [modalityOf(dataset, model.from), modalityOf(dataset, model.to)];
  const pairs = split.train.filter((row) => from.present[row] === 1 && to.present[row] === 1);
  if (pairs.length < 2) {
    throw file.refuse({
      path: ["model", "to"],
      at: "value",
      message: `${pairs.length} training rows have both \`${model.from}\` and \`${model.to}\``,
      allowed: "at least 2 are needed",
    });
  }
  const prepared = (modality: ModalityData): PreparedModality => ({
    modality,
    scaling: fitScaling(modalityMatrix(modality, split.train), model.scaling),
  });
  return {
    model,
    training: file.experiment.training,
    folder: context.folder,
    dataset,
    split,
    from: prepared(from),
    to: prepared(to),
    pairs,
    values,
    notes,
  };
}

/** @throws {ExperimentRefused} If the data have no such modality. */
function checkModality(
  file: ExperimentFile,
  side: "from" | "to",
  name: string,
  { modalities }: Dataset,
): void {
  if (modalities.some((modality) => modality.name === name)) return;
  throw file.refuse({
    path: ["model", side],
    at: "value",
    message: `the data have no modality \`${name}\``,
    allowed: `they have ${modalities.map((modality) => modality.name).join(", ")}`,
  });
}

function modalityOf({ modalities }: Dataset, name: string): ModalityData {
  const found = modalities.find((modality) => modality.name === name);
  if (found === undefined) throw new TypeError(`Cannot find the modality ${name} again`);
  return found;
}
