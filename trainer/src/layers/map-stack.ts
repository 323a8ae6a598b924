import type { Tensor2D } from "@tensorflow/tfjs-core";
import { dense, denseStack } from "./dense.ts";
import type { ParameterStore } from "./parameter-store.ts";

/** Widths of a map from rows to rows. */
export interface MapWidths {
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly outputs: number;
}

/** `name.fc1` … `name.out`: dense layers with ReLU between them, linear at the end. */
export function mapStack(
  store: ParameterStore,
  name: string,
  { inputs, hidden, outputs }: MapWidths,
): (rows: Tensor2D) => Tensor2D {
  const layers = denseStack(store, name, inputs, hidden);
  const out = dense(store, `${name}.out`, { inputs: hidden.at(-1) ?? inputs, outputs, gain: 1 });
  return (rows) => out(layers(rows));
}
