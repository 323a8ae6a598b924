import type { Tensor2D } from "@tensorflow/tfjs-core";
import type { ModelSettings } from "../../core/experiment/experiment.ts";
import type { Matrix } from "../../core/measures/matrix.ts";
import type { Batch } from "./batch.ts";
import type { Dataset } from "./dataset.ts";
import type { Dropout } from "./dropout.ts";
import type { LearnedLogits } from "./learned-logits.ts";
import type { Parameter } from "./parameters.ts";
import type { PenaltyTerm } from "./penalty.ts";

/** The representation of a modality in two, each [rows, dimension]. */
export interface SeparatedParts {
  /** What it shares with the others, before it is normalised. */
  readonly shared: Tensor2D;
  /** What it has for itself. */
  readonly private: Tensor2D;
  /** The features [rows, width], made of both again. */
  readonly reconstruction: Tensor2D;
}

/** What a model makes of each modality of a batch. */
export interface ModalityOutput {
  /** [rows, dimension], of models that embed; unit vectors but for a map into given numbers. */
  readonly embedding?: Tensor2D;
  /** What enters the layers that modalities share [rows, width], of models that have such. */
  readonly features?: Tensor2D;
  /** Of models that keep what a modality shares apart from what it does not. */
  readonly separated?: SeparatedParts;
  /** [rows, outputs]: logits of the classes, or predicted numbers. */
  readonly output: Tensor2D;
}

export interface Model {
  readonly parameters: readonly Parameter[];
  /** Modalities it reads, in a fixed order. */
  readonly modalities: readonly string[];
  /** Length of an embedding, of models that embed. */
  readonly dimension?: number;
  /** Length of a row of the output. */
  readonly outputs: number;
  /** What the alignment loss learns beside the weights, where it does. */
  readonly logits?: LearnedLogits;
  /** What is imposed on parameters after every step whatever the penalties, by name. */
  readonly constraints?: ReadonlyMap<string, PenaltyTerm>;
  /**
   * By modality; rows that lack it give numbers without meaning. `dropout` is given in training only.
   */
  forward(batch: Batch, dropout?: Dropout): ReadonlyMap<string, ModalityOutput>;
  /** What else its embeddings are measured by, of models that have such; by metric name. */
  measure?(embeddings: ReadonlyMap<string, Matrix>): Readonly<Record<string, number>>;
  dispose(): void;
}

/** A kind of model. */
export interface ModelKind {
  /** Value of `model.type` in an experiment file. */
  readonly id: ModelSettings["type"];
  /**
   * Names of the modalities of `dataset` that the model reads.
   *
   * @throws {UserError} If the data is not what the model reads.
   */
  reads(settings: ModelSettings, dataset: Dataset): readonly string[];
  /**
   * With initial weights that depend on `seed`, the parameters' names and their shapes alone.
   *
   * @throws {UserError} If the data is not what the model reads.
   */
  create(settings: ModelSettings, dataset: Dataset, seed: number): Model;
}

type SettingsOf<Type extends ModelSettings["type"]> = Extract<
  ModelSettings,
  { readonly type: Type }
>;

function isOf<Type extends ModelSettings["type"]>(
  settings: ModelSettings,
  type: Type,
): settings is SettingsOf<Type> {
  return settings.type === type;
}

/** A kind of model that is only ever given its own settings. */
export function modelKind<Type extends ModelSettings["type"]>(
  id: Type,
  reads: (settings: SettingsOf<Type>, dataset: Dataset) => readonly string[],
  create: (settings: SettingsOf<Type>, dataset: Dataset, seed: number) => Model,
): ModelKind {
  const own = (settings: ModelSettings): SettingsOf<Type> => {
    if (!isOf(settings, id)) throw new TypeError(`Cannot make ${settings.type} as ${id}`);
    return settings;
  };
  return {
    id,
    reads: (settings, dataset) => reads(own(settings), dataset),
    create: (settings, dataset, seed) => create(own(settings), dataset, seed),
  };
}
