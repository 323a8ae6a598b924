import {
  add,
  conv2d,
  maxPool,
  type Rank,
  relu,
  reshape,
  sub,
  type Tensor,
  type Tensor4D,
} from "@tensorflow/tfjs-core";
import { denseStack } from "./dense.ts";
import type { Encoder } from "./encoder.ts";
import type { ParameterStore } from "./parameter-store.ts";

/** Output channels of the convolutions; each halves height and width. */
const CHANNELS = [8, 16] as const;
const KERNEL = 3;
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

function convolution(store: ParameterStore, name: string, inputs: number, outputs: number) {
  const shape: [number, number, number, number] = [KERNEL, KERNEL, inputs, outputs];
  const deviation = Math.sqrt(2 / (KERNEL * KERNEL * inputs));
  const weight = store.weight(`${name}.weight`, shape, deviation);
  const bias = store.bias(`${name}.bias`, outputs);
  return (input: Tensor): Tensor => {
    const [, height = 0, width = 0] = input.shape;
    const maps = reshape<Rank.R4>(input, [-1, height, width, inputs]);
    const filtered = conv2d(maps, reshape<Rank.R4>(weight, shape), 1, "same");
    return maxPool<Tensor4D>(relu(add<Tensor4D>(filtered, bias)), 2, 2, "valid");
  };
}
