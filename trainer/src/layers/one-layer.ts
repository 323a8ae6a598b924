import { type Rank, reshape } from "@tensorflow/tfjs-core";
import type { ModelSettings } from "../../../core/experiment/experiment.ts";
import { type Dataset, type ModalityData, outputWidth } from "../dataset.ts";
import { elementCount } from "../element-count.ts";
import type { Model } from "../model.ts";
import { modelInput } from "../model-input.ts";
import { dense } from "./dense.ts";
import { createParameterStore } from "./parameter-store.ts";

/** The modality that {@link oneLayer} reads. */
export function oneLayerInput(type: ModelSettings["type"], dataset: Dataset): ModalityData {
  return modelInput(type, dataset, undefined, ["features", "image", "spectrogram"]);
}

/** A dense layer `fc` from a row's numbers to what is to be predicted, and nothing else. */
export function oneLayer(type: ModelSettings["type"], dataset: Dataset, seed: number): Model {
  const input = oneLayerInput(type, dataset);
  const columns = elementCount(input.shape);
  const outputs = outputWidth(dataset);
  const store = createParameterStore(seed);
  const layer = dense(store, "fc", { inputs: columns, outputs, gain: 1 });
  return {
    parameters: store.parameters,
    modalities: [input.name],
    outputs,
    forward(batch) {
      const rows = batch.inputs.get(input.name);
      if (rows === undefined) return new Map();
      return new Map([[input.name, { output: layer(reshape<Rank.R2>(rows, [-1, columns])) }]]);
    },
    dispose: store.dispose,
  };
}
