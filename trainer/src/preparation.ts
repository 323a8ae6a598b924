import type { Alignment, Experiment } from "../../core/experiment/experiment.ts";
import type { ExperimentProblem } from "../../core/experiment/experiment-problem.ts";
import type { TransferReport } from "../../core/protocol/run-files.ts";
import { alignTasks } from "./align-tasks.ts";
import type { LoadContext } from "./data-source.ts";
import type { Dataset } from "./dataset.ts";
import type { ExperimentFile } from "./experiment-file.ts";
import { fitDataset, fittingOf } from "./features/fit-dataset.ts";
import { findById } from "./find-by-id.ts";
import { inspectModalities } from "./inspect-modalities.ts";
import type { TrainingLength } from "./learning-rate.ts";
import { loadDataset } from "./load-dataset.ts";
import { LOSSES } from "./losses.generated.ts";
import type { Model } from "./model.ts";
import { MODELS } from "./models.generated.ts";
import type { Optimizer } from "./optimizer.ts";
import { OPTIMIZERS } from "./optimizers.generated.ts";
import { type PenaltyTerms, penaltyTerms } from "./penalty-terms.ts";
import type { Values } from "./procedure.ts";
import { createRandom } from "./random.ts";
import type { Split } from "./split.ts";
import { splitDataset } from "./split-dataset.ts";
import { type TrainedParameters, trainedParameters } from "./trained-parameters.ts";
import { transferWeights } from "./transfer.ts";
import { createWeightOperations, type WeightOperations } from "./weight-operations.ts";
import { withholdLabels } from "./withhold-labels.ts";

/** Rows of a part that embeddings are kept and retrieval is measured for; its cost is quadratic. */
const MAX_EVALUATED_ROWS = 2000;

/** Everything a training needs, made and found to fit together. */
export interface Preparation {
  readonly experiment: Experiment;
  readonly dataset: Dataset;
  readonly split: Split;
  /** Rows that each part is measured on, all of it where it is not too large. */
  readonly evaluated: Split;
  readonly model: Model;
  readonly optimizer: Optimizer;
  readonly penalties: PenaltyTerms;
  readonly operations: WeightOperations;
  readonly trained: TrainedParameters;
  /** Where weights came from, if the experiment transfers any. */
  readonly transfer: TransferReport | undefined;
  readonly stepsPerEpoch: number;
  readonly stepsTotal: number;
  /** The objective in one line of plain text. */
  readonly objective: string;
  /** What the modalities are like, by metric name `data/…`. */
  readonly dataValues: Values;
  /** What was found in the data and done about it, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Loads the data and builds the model of an experiment. The current backend of tfjs-core is used.
 *
 * @throws {ExperimentRefused} If a value of the file does not fit the data or the model.
 */
export async function prepareTraining(
  file: ExperimentFile,
  context: LoadContext,
): Promise<Preparation> {
  const { experiment } = file;
  const { data, model: settings, training } = experiment;
  const kind = findById(MODELS, settings.type);
  const optimizer = findById(OPTIMIZERS, training.optimizer);

  const given = await loadDataset(experiment, context);
  refuseUnfitLoss(file, given);
  const loaded = alignTasks(file, given);
  const inspected = inspectModalities(
    file,
    loaded,
    splitDataset(loaded, experiment.split),
    settings.type === "towers" ? Object.keys(settings.private) : [],
  );
  const { split } = inspected;
  const sparing = withholdLabels(inspected.dataset, split.train, experiment);
  const dataset = fitDataset(sparing, split.train, fittingOf(data), context.report);
  const stepsPerEpoch = Math.ceil(split.train.length / training.batch_size);
  const stepsTotal = stepsPerEpoch * training.epochs;
  const model = kind.create(settings, learned(experiment, dataset), training.seed);
  const length = { stepsPerEpoch, stepsTotal };
  const parts = onModel(experiment, model, split, length, context.folder);
  if ("problem" in parts || "error" in parts) {
    model.dispose();
    throw "problem" in parts ? file.refuse(parts.problem) : parts.error;
  }
  const { penalties } = parts;
  return {
    ...parts,
    experiment,
    dataset,
    split,
    evaluated: evaluatedRows(split, training.seed),
    model,
    optimizer,
    stepsPerEpoch,
    stepsTotal,
    objective: describeObjective(experiment, penalties),
    dataValues: inspected.values,
    notes: inspected.notes,
  };
}

type ModelParts = Pick<Preparation, "penalties" | "operations" | "trained" | "transfer">;

/** What falls on the parameters of a model; the transfer comes first, for penalties may look at it. */
function onModel(
  { penalty, training, transfer, weight_operations: entries }: Experiment,
  { parameters }: Model,
  split: Split,
  length: TrainingLength,
  folder: string,
): ModelParts | { readonly problem: ExperimentProblem } | { readonly error: unknown } {
  let report: TransferReport | undefined;
  try {
    report = transfer === undefined ? undefined : transferWeights(transfer, parameters, folder);
  } catch (error) {
    return { error };
  }
  const trained = trainedParameters(parameters, transfer, length);
  if ("problem" in trained) return trained;
  const operations = createWeightOperations(entries, parameters, length);
  if ("problem" in operations) return operations;
  const m = split.train.length;
  const variables = { m, batch: Math.min(training.batch_size, m), steps: length.stepsTotal };
  const penalties = penaltyTerms(penalty, parameters, variables, new Set(report?.matched));
  if ("problem" in penalties) {
    operations.dispose();
    return penalties;
  }
  return { penalties, operations, trained, transfer: report };
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

/** The training part is measured on as many rows as the validation part, so that both compare. */
function evaluatedRows(split: Split, seed: number): Split {
  const sample = (rows: Int32Array, name: string, size: number) =>
    rows.length <= size
      ? rows
      : createRandom(seed, `evaluated/${name}`)
          .permutation(rows.length)
          .subarray(0, size)
          .map((index) => rows[index] ?? 0)
          .sort();
  const { train, validation, test } = split;
  const comparable = validation.length > 0 ? validation.length : MAX_EVALUATED_ROWS;
  return {
    train: sample(train, "train", Math.min(comparable, MAX_EVALUATED_ROWS)),
    validation: sample(validation, "validation", MAX_EVALUATED_ROWS),
    test: sample(test, "test", MAX_EVALUATED_ROWS),
  };
}

function describeObjective({ objective }: Experiment, penalties: PenaltyTerms): string {
  const { loss, alignment, task, transfer } = objective;
  return [
    ...(loss === "none" ? [] : [`mean ${loss}`]),
    ...(alignment === undefined ? [] : [describeAlignment(alignment)]),
    ...(task?.method === "hierarchy" ? [`${task.weight}·coarse cross_entropy`] : []),
    ...(transfer === undefined
      ? []
      : [`${transfer.weight}·${transfer.method}(${transfer.from} → ${transfer.to})`]),
    ...penalties.labels,
  ].join(" + ");
}

function describeAlignment(alignment: Alignment): string {
  const { weight, loss } = alignment;
  switch (alignment.loss) {
    case "info_nce":
      return `${weight}·${loss}(τ = ${alignment.temperature})`;
    case "sigmoid":
      return `${weight}·${loss}(τ = ${alignment.temperature}, β = ${alignment.bias})`;
    case "triplet":
      return `${weight}·${loss}(margin = ${alignment.margin}, ${alignment.mining})`;
  }
}
