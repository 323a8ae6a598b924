import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";

/** The private part of one modality: rows of a batch to feature vectors. */
export interface Encoder {
  /** Length of a feature vector. */
  readonly width: number;
  /** [rows, ...shape of the modality] to [rows, width]. */
  encode(input: Tensor): Tensor2D;
}
