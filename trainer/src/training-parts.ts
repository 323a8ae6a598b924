import { chosenPenalties } from "../../core/experiment/chosen-penalty.ts";
import type { Experiment } from "../../core/experiment/experiment.ts";
import type { ExperimentProblem } from "../../core/experiment/experiment-problem.ts";
import type { TransferReport } from "../../core/protocol/run-files.ts";
import type { Dataset } from "./dataset.ts";
import type { ExperimentFile } from "./experiment-file.ts";
import { findById } from "./find-by-id.ts";
import type { TrainingLength } from "./learning-rate.ts";
import type { Model } from "./model.ts";
import type { Optimizer } from "./optimizer.ts";
import { OPTIMIZERS } from "./optimizers.generated.ts";
import { type PenaltyTerms, penaltyTerms, withConstraints } from "./penalty-terms.ts";
import type { Values } from "./procedure.ts";
import { MAX_MEASURED_ROWS, sampleRows } from "./sample-rows.ts";
import type { Split } from "./split.ts";
import { type TrainedParameters, trainedParameters } from "./trained-parameters.ts";
import { transferWeights } from "./transfer.ts";
import { createWeightOperations, type WeightOperations } from "./weight-operations.ts";

/** A model and the rows that it is trained and measured on. */
export interface TrainingSubject {
  readonly experiment: Experiment;
  readonly dataset: Dataset;
  readonly split: Split;
  readonly model: Model;
  /** What the modalities are like, by metric name `data/…`. */
  readonly dataValues: Values;
  /** What was found in the data and done about it, one sentence each. */
  readonly notes: readonly string[];
}

/** What an experiment says about the training of its model, made and found to fit it. */
export interface TrainingParts {
  /** Rows that each part is measured on, all of it where it is not too large. */
  readonly evaluated: Split;
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
}

/**
 * `terms` are the clauses of the objective without the penalties. Paths start at `folder`.
 *
 * @throws {ExperimentRefused} If a value of the file does not fit the model, which is then disposed.
 */
export function trainingParts(
  file: ExperimentFile,
  { experiment, split, model }: TrainingSubject,
  terms: readonly string[],
  folder: string,
): TrainingParts {
  const { training } = experiment;
  const stepsPerEpoch = Math.ceil(split.train.length / training.batch_size);
  const length = { stepsPerEpoch, stepsTotal: stepsPerEpoch * training.epochs };
  const parts = onModel(experiment, model, split, length, folder);
  if ("problem" in parts || "error" in parts) {
    model.dispose();
    throw "problem" in parts ? file.refuse(parts.problem) : parts.error;
  }
  return {
    ...parts,
    ...length,
    evaluated: evaluatedRows(split, training.seed),
    optimizer: findById(OPTIMIZERS, training.optimizer),
    objective: [...terms, ...parts.penalties.labels].join(" + "),
  };
}

type ModelParts = Pick<TrainingParts, "penalties" | "operations" | "trained" | "transfer">;

/** What falls on the parameters of a model; the transfer comes first, for penalties may look at it. */
function onModel(
  experiment: Experiment,
  { parameters, constraints = new Map() }: Model,
  split: Split,
  length: TrainingLength,
  folder: string,
): ModelParts | { readonly problem: ExperimentProblem } | { readonly error: unknown } {
  const { penalty, training, transfer, weight_operations: entries } = experiment;
  const chosen = chosenPenalties(experiment);
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
  const penalties = penaltyTerms(penalty, parameters, {
    variables,
    transferred: new Set(report?.matched),
    isVariable: (index) => chosen.includes(index),
  });
  if ("problem" in penalties) {
    operations.dispose();
    return penalties;
  }
  return {
    penalties: withConstraints(penalties, constraints),
    operations,
    trained,
    transfer: report,
  };
}

/** The training part is measured on as many rows as the validation part, so that both compare. */
function evaluatedRows(split: Split, seed: number): Split {
  const sample = (rows: Int32Array, name: string, size: number) =>
    sampleRows(rows, size, seed, `evaluated/${name}`);
  const { train, validation, test } = split;
  const comparable = validation.length > 0 ? validation.length : MAX_MEASURED_ROWS;
  return {
    train: sample(train, "train", Math.min(comparable, MAX_MEASURED_ROWS)),
    validation: sample(validation, "validation", MAX_MEASURED_ROWS),
    test: sample(test, "test", MAX_MEASURED_ROWS),
  };
}
