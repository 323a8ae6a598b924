import { type Rank, reshape, sub, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import type { ModalityData } from "../dataset.ts";
import { UserError } from "../user-error.ts";
import { convolution } from "./convolution.ts";
import type { ParameterStore } from "./parameter-store.ts";

/** Pixels are 0..1; the middle is moved to 0. */
const MIDDLE = 0.5;

/** Blocks of convolution and pooling, their last maps in one row. */
export interface ConvolutionStack {
  /** Length of a row: height, width and channels of the last maps, in this order. */
  readonly width: number;
  /** [rows, ...shape of the modality], numbers from 0 to 1, to [rows, width]. */
  apply(input: Tensor): Tensor2D;
}

/**
 * `conv1`, `conv2`, … behind `prefix`: 3×3 convolution (zero padding), ReLU and 2×2 max-pooling, one
 * for each number of output channels. `conv1.weight` is [3, 3, channels_in, channels_out].
 *
 * @throws {UserError} If the poolings leave nothing; `nextStep` is then what to do.
 */
export function convolutionStack(
  store: ParameterStore,
  prefix: string,
  { name, shape: [height = 0, width = 0, depth = 1] }: Pick<ModalityData, "name" | "shape">,
  { channels, nextStep }: { readonly channels: readonly number[]; readonly nextStep: string },
): ConvolutionStack {
  const pooled = (length: number) => channels.reduce((left) => Math.floor(left / 2), length);
  if (pooled(height) * pooled(width) === 0) {
    throw new UserError(
      "model-input",
      `${channels.length} poolings leave nothing of ${name} with ${height}×${width} points`,
      nextStep,
    );
  }
  const blocks = channels.map((outputs, index) =>
    convolution(store, `${prefix}conv${index + 1}`, channels[index - 1] ?? depth, outputs),
  );
  const flat = pooled(height) * pooled(width) * (channels.at(-1) ?? depth);
  return {
    width: flat,
    apply(input) {
      const centred = sub(reshape<Rank.R4>(input, [-1, height, width, depth]), MIDDLE);
      const maps = blocks.reduce<Tensor>((value, block) => block(value), centred);
      return reshape<Rank.R2>(maps, [-1, flat]);
    },
  };
}
