import type { CnnModel } from "../../../core/experiment/experiment.ts";
import { type Dataset, type ModalityData, outputWidth } from "../dataset.ts";
import { convolutionStack } from "../layers/convolution-stack.ts";
import { denseOutput } from "../layers/dense-output.ts";
import { createParameterStore } from "../layers/parameter-store.ts";
import { modelKind } from "../model.ts";
import { modelInput, readsOne } from "../model-input.ts";

/**
 * `conv1`, `conv2`, … (3×3 convolution, ReLU, 2×2 max-pooling), then `fc1`, `fc2`, … with ReLU and
 * dropout behind all but the last.
 *
 * Weights are [3, 3, inputs, outputs] and
 * [inputs, outputs]; `fc1` reads height, width, channels in this order.
 */
export const cnn = modelKind("cnn", readsOne(inputOf), (settings, dataset, seed) => {
  const input = inputOf(settings, dataset);
  const store = createParameterStore(seed);
  const maps = convolutionStack(store, "", input, {
    channels: settings.channels,
    nextStep: "Give `model.channels` fewer entries",
  });
  const outputs = outputWidth(dataset);
  const { hidden, dropout: rate } = settings;
  const output = denseOutput(store, { inputs: maps.width, hidden, outputs, dropout: rate });
  return {
    parameters: store.parameters,
    modalities: [input.name],
    outputs,
    forward(batch, dropout) {
      const pixels = batch.inputs.get(input.name);
      if (pixels === undefined) return new Map();
      return new Map([[input.name, { output: output(maps.apply(pixels), dropout) }]]);
    },
    dispose: store.dispose,
  };
});

function inputOf({ modality }: CnnModel, dataset: Dataset): ModalityData {
  return modelInput("cnn", dataset, modality, ["image", "spectrogram"]);
}
