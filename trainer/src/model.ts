import type { Tensor2D } from "@tensorflow/tfjs-core";
import type { Experiment } from "../../core/experiment/experiment.ts";
import type { Batch } from "./batch.ts";
import type { Dataset } from "./dataset.ts";
import type { Parameter } from "./parameters.ts";

/** What a model makes of each modality of a batch. */
export interface ModalityOutput {
  /** Unit vectors [rows, dimension]. */
  readonly embedding: Tensor2D;
  /** [rows, classes]. */
  readonly logits: Tensor2D;
}

export interface Model {
  readonly parameters: readonly Parameter[];
  /** Modalities it reads, in a fixed order. */
  readonly modalities: readonly string[];
  /** Length of an embedding. */
  readonly dimension: number;
  /** By modality; rows that lack it give numbers without meaning. */
  forward(batch: Batch): ReadonlyMap<string, ModalityOutput>;
  dispose(): void;
}

/** A kind of model. */
export interface ModelKind {
  /** Value of `model.type` in an experiment file. */
  readonly id: Experiment["model"]["type"];
  /** With initial weights that depend on `seed`, the parameters' names and their shapes alone. */
  create(settings: Experiment["model"], dataset: Dataset, seed: number): Model;
}
