import { type Rank, reshape } from "@tensorflow/tfjs-core";
import type { MlpModel } from "../../../core/experiment/experiment.ts";
import { type Dataset, type ModalityData, outputWidth } from "../dataset.ts";
import { elementCount } from "../element-count.ts";
import { denseOutput } from "../layers/dense-output.ts";
import { createParameterStore } from "../layers/parameter-store.ts";
import { modelKind } from "../model.ts";
import { modelInput, readsOne } from "../model-input.ts";

/**
 * Dense layers `fc1`, `fc2`, … with ReLU and dropout behind all but the last, on a row's numbers
 * one after the other; weights are [inputs, outputs].
 */
export const mlp = modelKind("mlp", readsOne(inputOf), (settings, dataset, seed) => {
  const input = inputOf(settings, dataset);
  const columns = elementCount(input.shape);
  const store = createParameterStore(seed);
  const outputs = outputWidth(dataset);
  const { hidden, dropout: rate } = settings;
  const output = denseOutput(store, { inputs: columns, hidden, outputs, dropout: rate });
  return {
    parameters: store.parameters,
    modalities: [input.name],
    outputs,
    forward(batch, dropout) {
      const rows = batch.inputs.get(input.name);
      if (rows === undefined) return new Map();
      const flat = reshape<Rank.R2>(rows, [-1, columns]);
      return new Map([[input.name, { output: output(flat, dropout) }]]);
    },
    dispose: store.dispose,
  };
});

function inputOf({ modality }: MlpModel, dataset: Dataset): ModalityData {
  return modelInput("mlp", dataset, modality, ["features", "image", "spectrogram"]);
}
