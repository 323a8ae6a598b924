import { type Rank, relu, reshape, type Tensor2D } from "@tensorflow/tfjs-core";
import type { MlpModel } from "../../../core/experiment/experiment.ts";
import { type Dataset, type ModalityData, outputWidth } from "../dataset.ts";
import { dense } from "../layers/dense.ts";
import { createParameterStore } from "../layers/parameter-store.ts";
import { modelKind } from "../model.ts";
import { modelInput, readsOne } from "../model-input.ts";

/**
 * Dense layers `fc1`, `fc2`, … with ReLU and dropout behind all but the last, on a row's numbers
 * one after the other; weights are [inputs, outputs].
 */
export const mlp = modelKind("mlp", readsOne(inputOf), (settings, dataset, seed) => {
  const input = inputOf(settings, dataset);
  const columns = input.shape.reduce((product, length) => product * length, 1);
  const store = createParameterStore(seed);
  const outputs = outputWidth(dataset);
  const widths = [columns, ...settings.hidden, outputs];
  const layers = widths.slice(1).map((width, index) => {
    const name = `fc${index + 1}`;
    const isLast = index === settings.hidden.length;
    const inputs = widths[index] ?? columns;
    return {
      name,
      isLast,
      apply: dense(store, name, { inputs, outputs: width, gain: isLast ? 1 : 2 }),
    };
  });
  return {
    parameters: store.parameters,
    modalities: [input.name],
    outputs,
    forward(batch, dropout) {
      const rows = batch.inputs.get(input.name);
      if (rows === undefined) return new Map();
      const output = layers.reduce<Tensor2D>(
        (value, { name, isLast, apply }) => {
          if (isLast) return apply(value);
          const active = relu(apply(value));
          return dropout?.apply(active, name, settings.dropout) ?? active;
        },
        reshape<Rank.R2>(rows, [-1, columns]),
      );
      return new Map([[input.name, { output }]]);
    },
    dispose: store.dispose,
  };
});

function inputOf({ modality }: MlpModel, dataset: Dataset): ModalityData {
  return modelInput("mlp", dataset, modality, ["features", "image", "spectrogram"]);
}
