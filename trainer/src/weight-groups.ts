import { sqrt, square, sum, type Tensor, tidy } from "@tensorflow/tfjs-core";

/** What makes a group: all weights out of one input, or all weights into one output. */
export type WeightGroups = "inputs" | "outputs";

/**
 * ‖w_g‖₂ of every group, with axes of length 1 where it was summed over, so that it broadcasts.
 *
 * Dense weights are [inputs, outputs] and kernels [height, width, inputs, outputs]: a group is a row
 * or a column, of kernels a slice over one input channel or one filter. The entries of a vector are
 * groups of one. 0 for a group of zeros, NaN for a group with NaN.
 */
export function groupNorms(weights: Tensor, groups: WeightGroups): Tensor {
  return tidy(() => {
    const axes = summedAxes(weights.rank, groups);
    const squares = square(weights);
    return sqrt(axes.length === 0 ? squares : sum(squares, axes, true));
  });
}

/** Number p_g of weights in a group. */
export function groupSize(shape: readonly number[], groups: WeightGroups): number {
  return summedAxes(shape.length, groups).reduce((size, axis) => size * (shape[axis] ?? 1), 1);
}

export function summedAxes(rank: number, groups: WeightGroups): number[] {
  const kept = groups === "outputs" ? rank - 1 : Math.max(0, rank - 2);
  return Array.from({ length: rank }, (_, axis) => axis).filter((axis) => axis !== kept);
}
