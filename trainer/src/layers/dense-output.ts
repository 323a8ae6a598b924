import { relu, type Tensor2D } from "@tensorflow/tfjs-core";
import type { Dropout } from "../dropout.ts";
import { dense } from "./dense.ts";
import type { ParameterStore } from "./parameter-store.ts";

/** Widths of dense layers, and the share of units that training switches off behind all but the last. */
export interface DenseWidths {
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly outputs: number;
  /** 0..1. */
  readonly dropout: number;
}

/** `fc1`, `fc2`, …: dense layers with ReLU and dropout behind all but the last, which is linear. */
export function denseOutput(
  store: ParameterStore,
  { inputs, hidden, outputs, dropout: rate }: DenseWidths,
): (rows: Tensor2D, dropout: Dropout | undefined) => Tensor2D {
  const widths = [inputs, ...hidden];
  const layers = hidden.map((width, index) => {
    const name = `fc${index + 1}`;
    return {
      name,
      apply: dense(store, name, { inputs: widths[index] ?? inputs, outputs: width, gain: 2 }),
    };
  });
  const last = dense(store, `fc${hidden.length + 1}`, {
    inputs: hidden.at(-1) ?? inputs,
    outputs,
    gain: 1,
  });
  return (rows, dropout) =>
    last(
      layers.reduce((value, { name, apply }) => {
        const active = relu(apply(value));
        return dropout?.apply(active, name, rate) ?? active;
      }, rows),
    );
}
