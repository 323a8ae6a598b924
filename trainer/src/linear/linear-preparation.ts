import type { Experiment, LinearModel } from "../../../core/experiment/experiment.ts";
import { isLinear } from "../../../core/experiment/linear-conflicts.ts";
import type { LoadContext } from "../data-source.ts";
import type { Dataset, ModalityData } from "../dataset.ts";
import { elementCount } from "../element-count.ts";
import type { ExperimentFile } from "../experiment-file.ts";
import { experimentFolds } from "../experiment-folds.ts";
import { prepareData } from "../prepare-data.ts";
import type { Values } from "../procedure.ts";
import type { Split } from "../split.ts";
import { type Design, sharedFloats } from "./design.ts";
import type { Fold } from "./folds.ts";
import { COEFFICIENTS, type LinearPenalty, linearPenalty } from "./linear-penalty.ts";

/** A linear model's data and settings, made ready for the solver. */
export interface LinearPreparation {
  readonly experiment: Experiment;
  readonly type: LinearModel["type"];
  readonly dataset: Dataset;
  readonly split: Split;
  /** Parts that are held out to choose λ; empty where none is. */
  readonly folds: readonly Fold[];
  readonly design: Design;
  /** Names of the features, in the order of the design's columns. */
  readonly columns: readonly string[];
  /** Modality of every feature. */
  readonly modalityOf: readonly string[];
  readonly modalities: readonly string[];
  readonly standardize: boolean;
  readonly penalty: LinearPenalty;
  /** What the data are like, by metric name. */
  readonly values: Values;
  /** What was found in the data and done about it, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Loads the data and lays the features of all modalities side by side.
 *
 * @throws {ExperimentRefused} If a value of the file does not fit the data.
 * @throws {UserError} If there are too few rows for the folds.
 */
export async function prepareLinear(
  file: ExperimentFile,
  context: LoadContext,
): Promise<LinearPreparation> {
  const { experiment } = file;
  const { data, model } = experiment;
  const { type } = model;
  if (!isLinear(type)) throw new TypeError(`Cannot solve a model ${type}`);
  const { dataset, split, values, notes } = await prepareData(file, context, {
    reads(loaded) {
      refuseUnfitTarget(file, type, loaded);
      return featuresOf(loaded).map(({ name }) => name);
    },
    fits: "by_fold",
  });
  const modalities = featuresOf(dataset);
  const isStandardized = "standardize" in data && data.standardize;
  const fill = "missing_values" in data && data.missing_values === "median" ? "median" : "mean";
  const columns = modalities.flatMap(columnNames);
  const targets = targetsOf(type, dataset);
  const design: Design = {
    rows: dataset.rows,
    columns: columns.length,
    outputs: targets.outputs,
    x: sideBySide(modalities, dataset.rows, columns.length),
    y: targets.y,
    fill,
  };
  const penalty = linearPenalty(experiment, {
    outputs: design.outputs,
    weights: design.columns * design.outputs,
    rows: split.train.length,
  });
  if ("problem" in penalty) throw file.refuse(penalty.problem);
  return {
    experiment,
    type,
    dataset,
    split,
    folds: foldsOf(experiment, dataset, split),
    design,
    columns,
    modalityOf: modalities.flatMap((modality) => columnNames(modality).map(() => modality.name)),
    modalities: modalities.map(({ name }) => name),
    standardize: isStandardized,
    penalty,
    values,
    notes,
  };
}

function featuresOf({ modalities }: Dataset): readonly ModalityData[] {
  return modalities.filter(({ kind }) => kind === "features");
}

/** @throws {ExperimentRefused} If the model is one of classes and the data of numbers, or the reverse. */
function refuseUnfitTarget(
  file: ExperimentFile,
  type: LinearModel["type"],
  { classes, targets }: Dataset,
): void {
  const refuse = (message: string, allowed: string) =>
    file.refuse({ path: ["model", "type"], at: "value", message, allowed });
  if (type === "linear") {
    if (targets !== undefined) return;
    throw refuse(
      "`linear` predicts numbers, and the data has none to predict",
      "take `logistic` or `softmax`, or `task: regression`",
    );
  }
  if (targets !== undefined) {
    throw refuse(
      `\`${type}\` predicts a class, and the data has numbers to predict`,
      "take `linear`",
    );
  }
  if (classes.length < 2) {
    throw refuse(
      `\`${type}\` needs two classes, the data has ${classes.length}`,
      "see `data.target`",
    );
  }
  if (type === "logistic" && classes.length > 2) {
    throw refuse(
      `\`logistic\` tells two classes apart, the data has ${classes.length}`,
      "take `softmax`",
    );
  }
}

function targetsOf(
  type: LinearModel["type"],
  { rows, classes, labels, targets }: Dataset,
): { readonly outputs: number; readonly y: Float64Array } {
  if (targets !== undefined) return { outputs: targets.names.length, y: targets.data };
  const outputs = type === "logistic" ? 1 : classes.length;
  const y = sharedFloats(rows * outputs);
  labels.forEach((label, row) => {
    if (outputs === 1) y[row] = label === 1 ? 1 : 0;
    else y[row * outputs + label] = 1;
  });
  return { outputs, y };
}

function foldsOf({ split, select }: Experiment, dataset: Dataset, parts: Split): readonly Fold[] {
  if (select === undefined || !["best", "one_se"].includes(select.rule)) return [];
  if (split.method === "holdout") return [{ train: parts.train, held: parts.validation }];
  return experimentFolds(split, dataset, parts.train);
}

function columnNames({ columns, name, shape }: ModalityData): readonly string[] {
  const width = elementCount(shape);
  return columns ?? Array.from({ length: width }, (_, column) => `${name}.${column}`);
}

/** Features of all modalities in one matrix; a row that lacks a modality has gaps there. */
function sideBySide(
  modalities: readonly ModalityData[],
  rows: number,
  columns: number,
): Float64Array {
  const x = sharedFloats(rows * columns);
  let first = 0;
  for (const modality of modalities) {
    const width = columnNames(modality).length;
    for (let row = 0; row < rows; row++) {
      const isThere = modality.present[row] === 1;
      for (let j = 0; j < width; j++) {
        const value = modality.data[row * width + j] ?? Number.NaN;
        x[row * columns + first + j] = isThere ? value : Number.NaN;
      }
    }
    first += width;
  }
  return x;
}

/** "mean half_mse + 0.1·‖w‖₁", or how λ is chosen. */
export function describeLinear({ experiment, penalty }: LinearPreparation): string {
  const { objective, select, split } = experiment;
  const loss = `mean ${objective.loss}`;
  if (select === undefined) {
    const label = penalty.label();
    return label === "" ? loss : `${loss} + ${label}`;
  }
  const norm = experiment.penalty.map((entry) => entry.norm).join(" + ");
  const by =
    select.rule !== "best" && select.rule !== "one_se"
      ? ""
      : split.method === "kfold"
        ? ` over ${split.folds} folds`
        : " on the validation part";
  return `${loss} + λ·${norm}, λ by ${select.rule}${by}`;
}

export const WEIGHT_NAMES = [COEFFICIENTS, "intercept"] as const;
