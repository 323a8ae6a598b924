import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import type { Objective } from "../../core/experiment/experiment.ts";

/** A data loss of one row. */
export interface Loss {
  /** Value of `objective.loss` in an experiment file, and the metric's name. */
  readonly id: Objective["loss"];
  /** What it is measured against: one-hot classes, or numbers. */
  readonly target: "classes" | "numbers";
  /** [rows] from `output` and `target`, both [rows, outputs]. */
  perRow(output: Tensor2D, target: Tensor2D): Tensor1D;
}
