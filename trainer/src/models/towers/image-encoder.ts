import { type Rank, reshape, sub, type Tensor } from "@tensorflow/tfjs-core";
import { convolution } from "../../layers/convolution.ts";
import { denseStack } from "../../layers/dense.ts";
import type { ParameterStore } from "../../layers/parameter-store.ts";
import type { Encoder } from "./encoder.ts";

/** Output channels of the convolutions; each halves height and width. */
const CHANNELS = [8, 16] as const;
/** Pixels are 0..1; the middle is moved to 0. */
const MIDDLE = 0.5;

/**
 * Two blocks of 3×3 convolution (zero padding), ReLU and 2×2 max-pooling, then dense layers.
 *
 * `image.conv1.weight` is [3, 3, channels_in, channels_out].
 */
export function imageEncoder(
  store: ParameterStore,
  prefix: string,
  [height = 0, width = 0, depth = 0]: readonly number[],
  widths: readonly number[],
): Encoder {
  const blocks = CHANNELS.map((outputs, index) =>
    convolution(store, `${prefix}.conv${index + 1}`, CHANNELS[index - 1] ?? depth, outputs),
  );
  const pooled = (length: number) => CHANNELS.reduce((left) => Math.floor(left / 2), length);
  const flat = pooled(height) * pooled(width) * (CHANNELS.at(-1) ?? depth);
  const layers = denseStack(store, prefix, flat, widths);
  return {
    width: widths.at(-1) ?? flat,
    encode(input) {
      const pixels = sub(reshape<Rank.R4>(input, [-1, height, width, depth]), MIDDLE);
      const maps = blocks.reduce<Tensor>((value, block) => block(value), pixels);
      return layers(reshape<Rank.R2>(maps, [-1, flat]));
    },
  };
}
