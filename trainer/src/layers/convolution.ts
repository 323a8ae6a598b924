import {
  conv2d,
  maxPool,
  type Rank,
  relu,
  reshape,
  type Tensor,
  type Tensor4D,
} from "@tensorflow/tfjs-core";
import { biasAdd } from "./bias-add.ts";
import type { ParameterStore } from "./parameter-store.ts";

const KERNEL = 3;

/**
 * 3×3 convolution (zero padding) with bias, ReLU and 2×2 max-pooling: [rows, height, width, inputs]
 * to [rows, ⌊height/2⌋, ⌊width/2⌋, outputs].
 *
 * `name.weight` is [3, 3, inputs, outputs], `name.bias` [outputs].
 */
export function convolution(store: ParameterStore, name: string, inputs: number, outputs: number) {
  const shape: [number, number, number, number] = [KERNEL, KERNEL, inputs, outputs];
  const deviation = Math.sqrt(2 / (KERNEL * KERNEL * inputs));
  const weight = store.weight(`${name}.weight`, shape, deviation);
  const bias = store.bias(`${name}.bias`, outputs);
  return (input: Tensor): Tensor => {
    const [, height = 0, width = 0] = input.shape;
    const maps = reshape<Rank.R4>(input, [-1, height, width, inputs]);
    const filtered = conv2d(maps, reshape<Rank.R4>(weight, shape), 1, "same");
    return maxPool<Tensor4D>(relu(biasAdd(filtered, bias)), 2, 2, "valid");
  };
}
