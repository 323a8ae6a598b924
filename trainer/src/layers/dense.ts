import { matMul, relu, type Tensor2D } from "@tensorflow/tfjs-core";
import { biasAdd } from "./bias-add.ts";
import type { ParameterStore } from "./parameter-store.ts";

export type Layer = (input: Tensor2D) => Tensor2D;

/**
 * xW + b with `name.weight` [inputs, outputs] and `name.bias` [outputs].
 *
 * The deviation √(gain/inputs) keeps the variance: gain 2 where a ReLU follows, 1 where none does.
 *
 * @see He et al. 2015, arXiv:1502.01852, eq. (10).
 */
export function dense(
  store: ParameterStore,
  name: string,
  {
    inputs,
    outputs,
    gain,
  }: { readonly inputs: number; readonly outputs: number; readonly gain: 1 | 2 },
): Layer {
  const weight = store.weight(`${name}.weight`, [inputs, outputs], Math.sqrt(gain / inputs));
  const bias = store.bias(`${name}.bias`, outputs);
  return (input) => biasAdd(matMul<Tensor2D>(input, weight), bias);
}

/** Dense layers with ReLU, `prefix.fc1`, `prefix.fc2`, …; without widths the input itself. */
export function denseStack(
  store: ParameterStore,
  prefix: string,
  inputs: number,
  widths: readonly number[],
): Layer {
  const layers = widths.map((outputs, index) =>
    dense(store, `${prefix}.fc${index + 1}`, {
      inputs: widths[index - 1] ?? inputs,
      outputs,
      gain: 2,
    }),
  );
  return (input) => layers.reduce((value, layer) => relu(layer(value)), input);
}
