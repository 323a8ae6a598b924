import type { Alignment, Experiment } from "../../core/experiment/experiment.ts";
import type { LoadContext } from "./data-source.ts";
import type { Dataset } from "./dataset.ts";
import type { ExperimentFile } from "./experiment-file.ts";
import { findById } from "./find-by-id.ts";
import { withLearnedLogits } from "./learned-logits.ts";
import { LOSSES } from "./losses.generated.ts";
import { MODELS } from "./models.generated.ts";
import { prepareData } from "./prepare-data.ts";
import type { Split } from "./split.ts";
import { type TrainingParts, type TrainingSubject, trainingParts } from "./training-parts.ts";

/** Everything a training needs, made and found to fit together. */
export interface Preparation extends TrainingSubject, TrainingParts {}

/**
 * Loads the data and builds the model of an experiment. The current backend of tfjs-core is used.
 *
 * `divide` takes the place of the experiment's split, for the folds of a choice of λ.
 *
 * @throws {ExperimentRefused} If a value of the file does not fit the data or the model.
 */
export async function prepareTraining(
  file: ExperimentFile,
  context: LoadContext,
  divide?: (dataset: Dataset) => Split,
): Promise<Preparation> {
  const { experiment } = file;
  const { model: settings, training } = experiment;
  const kind = findById(MODELS, settings.type);

  const { dataset, split, values, notes } = await prepareData(file, context, {
    reads(loaded) {
      refuseUnfitLoss(file, loaded);
      return kind.reads(settings, loaded);
    },
    fits: "once",
    ...(divide === undefined ? {} : { divide }),
  });
  const subject: TrainingSubject = {
    experiment,
    dataset,
    split,
    model: withLearnedLogits(
      kind.create(settings, learned(experiment, dataset), training.seed),
      experiment.objective.alignment,
    ),
    dataValues: values,
    notes,
  };
  return {
    ...subject,
    ...trainingParts(file, subject, describeObjective(experiment), context.folder),
  };
}

/** A preparation in which the test part is not looked at: that is done once, when all is chosen. */
export function withoutTest(preparation: Preparation): Preparation {
  const { evaluated } = preparation;
  return { ...preparation, evaluated: { ...evaluated, test: new Int32Array(0) } };
}

/** @throws {ExperimentRefused} If the loss is one of classes or of numbers and rows have none. */
function refuseUnfitLoss(file: ExperimentFile, { classes, targets }: Dataset): void {
  const { loss: name } = file.experiment.objective;
  if (name === "none" || (classes.length > 0 && targets === undefined)) return;
  const { id, target } = findById(LOSSES, name);
  const refuse = (message: string, allowed: string) =>
    file.refuse({ path: ["objective", "loss"], at: "value", message, allowed });
  if (targets === undefined) {
    throw refuse(
      `\`${id}\` is a loss of classes or numbers, and the rows have neither`,
      "name them in `data`, or take `none` with an alignment",
    );
  }
  if (target === "numbers") return;
  const numeric = LOSSES.filter((loss) => loss.target === "numbers").map((loss) => loss.id);
  throw refuse(
    `\`${id}\` is a loss of classes, and the data has numbers to predict`,
    `losses of numbers are ${numeric.join(", ")}`,
  );
}

/** What a model may learn of: with `loss: none` neither classes nor numbers, which are shown all the same. */
function learned({ objective }: Experiment, dataset: Dataset): Dataset {
  if (objective.loss !== "none") return dataset;
  const { targets: _, ...rest } = dataset;
  return { ...rest, classes: [], labels: new Int32Array(0) };
}

/** Its terms, a clause each. */
function describeObjective({ objective }: Experiment): string[] {
  const { loss, alignment, task, transfer, separation } = objective;
  return [
    ...(loss === "none" ? [] : [`mean ${loss}`]),
    ...(alignment === undefined ? [] : [describeAlignment(alignment)]),
    ...(task?.method === "hierarchy" ? [`${task.weight}·coarse cross_entropy`] : []),
    ...(transfer === undefined
      ? []
      : [`${transfer.weight}·${transfer.method}(${transfer.from} → ${transfer.to})`]),
    ...(separation === undefined
      ? []
      : [`${separation.difference}·difference`, `${separation.reconstruction}·reconstruction`]),
  ];
}

function describeAlignment(alignment: Alignment): string {
  const { weight, loss } = alignment;
  switch (alignment.loss) {
    case "info_nce":
      return `${weight}·${loss}(${learnedFrom("τ", alignment.temperature, alignment)})`;
    case "sigmoid":
      return `${weight}·${loss}(${learnedFrom("τ", alignment.temperature, alignment)}, ${learnedFrom("β", alignment.bias, alignment)})`;
    case "triplet":
      return `${weight}·${loss}(margin = ${alignment.margin}, ${alignment.mining})`;
    case "squared_distance":
      return `${weight}·${loss}`;
  }
}

function learnedFrom(
  symbol: string,
  value: number,
  { learn_temperature: isLearned }: { readonly learn_temperature?: boolean },
): string {
  return isLearned === true ? `${symbol} learned from ${value}` : `${symbol} = ${value}`;
}
