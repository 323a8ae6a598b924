import type { Scalar, Tensor1D } from "@tensorflow/tfjs-core";
import type { KnowledgeTransfer } from "../../core/experiment/experiment.ts";
import type { ModalityOutput } from "./model.ts";

/** What one modality's tower (the teacher) hands to another's (the student). */
export interface TransferTask {
  readonly teacher: ModalityOutput;
  readonly student: ModalityOutput;
  /** [rows], 1 where the row has both modalities; the others take no part. */
  readonly both: Tensor1D;
  readonly settings: KnowledgeTransfer;
  /** Names of the classes. */
  readonly classes: readonly string[];
}

/** A way to carry knowledge from one modality to another; the teacher gets no gradient from it. */
export interface TransferLoss {
  /** Value of `objective.transfer.method` in an experiment file, and the metric's name. */
  readonly id: KnowledgeTransfer["method"];
  /** Mean over the rows that have both; 0 without any. */
  of(task: TransferTask): Scalar;
}
