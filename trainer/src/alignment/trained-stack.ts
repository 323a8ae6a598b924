import type { Tensor2D } from "@tensorflow/tfjs-core";
import { dense, denseStack } from "../layers/dense.ts";
import type { ParameterStore } from "../layers/parameter-store.ts";
import { type Dense, multiply } from "../linear-algebra/products.ts";
import type { Parameter } from "../parameters.ts";
import { readFloats } from "../read-floats.ts";
import type { WeightTensor } from "../snapshot.ts";

/** `name.fc1` … `name.out`: dense layers with ReLU between them, linear at the end. */
export function layerStack(
  store: ParameterStore,
  name: string,
  {
    inputs,
    hidden,
    outputs,
  }: {
    readonly inputs: number;
    readonly hidden: readonly number[];
    readonly outputs: number;
  },
): (rows: Tensor2D) => Tensor2D {
  const layers = denseStack(store, name, inputs, hidden);
  const out = dense(store, `${name}.out`, { inputs: hidden.at(-1) ?? inputs, outputs, gain: 1 });
  return (rows) => out(layers(rows));
}

/** The values of trained parameters; their variables are disposed. */
export async function takeWeights(parameters: readonly Parameter[]): Promise<WeightTensor[]> {
  const tensors: WeightTensor[] = [];
  for (const { name, kind, variable } of parameters) {
    tensors.push({
      name,
      kind,
      shape: variable.shape,
      data: await readFloats(variable),
      penalty: "",
    });
    variable.dispose();
  }
  return tensors;
}

/** What the stack `name` of `weights` makes of rows, in binary64: xW + b, ReLU save after the last. */
export function applyStack(weights: readonly WeightTensor[], name: string, rows: Dense): Dense {
  const find = (tensor: string) => weights.find((weight) => weight.name === tensor);
  const layers = weights
    .filter((weight) => weight.kind === "weight" && weight.name.startsWith(`${name}.`))
    .map((weight) => weight.name.slice(0, -".weight".length));
  return layers.reduce((values, layer) => {
    const [inputs = 0, outputs = 0] = find(`${layer}.weight`)?.shape ?? [];
    const matrix = {
      rows: inputs,
      columns: outputs,
      data: find(`${layer}.weight`)?.data ?? new Float64Array(0),
    };
    const bias = find(`${layer}.bias`)?.data;
    const product = multiply(values, matrix);
    const isLast = layer === layers.at(-1);
    return {
      ...product,
      data: product.data.map((value, index) => {
        const shifted = value + (bias?.[index % outputs] ?? 0);
        // NaN stays NaN: Math.max would keep it too, but a comparison says so.
        return isLast || !(shifted < 0) ? shifted : 0;
      }),
    };
  }, rows);
}
