import { type Rank, relu, reshape, sub, type Tensor } from "@tensorflow/tfjs-core";
import type { CnnModel } from "../../../core/experiment/experiment.ts";
import { type Dataset, type ModalityData, outputWidth } from "../dataset.ts";
import { convolution } from "../layers/convolution.ts";
import { dense } from "../layers/dense.ts";
import { createParameterStore } from "../layers/parameter-store.ts";
import { modelKind } from "../model.ts";
import { modelInput, readsOne } from "../model-input.ts";
import { UserError } from "../user-error.ts";

/** Pixels are 0..1; the middle is moved to 0. */
const MIDDLE = 0.5;

/**
 * `conv1`, `conv2`, … (3×3 convolution, ReLU, 2×2 max-pooling), then `fc1`, `fc2`, … with ReLU and
 * dropout behind all but the last.
 *
 * Weights are [3, 3, inputs, outputs] and
 * [inputs, outputs]; `fc1` reads height, width, channels in this order.
 */
export const cnn = modelKind("cnn", readsOne(inputOf), (settings, dataset, seed) => {
  const input = inputOf(settings, dataset);
  const [height = 0, width = 0, depth = 1] = input.shape;
  const store = createParameterStore(seed);
  const { channels, hidden } = settings;
  const blocks = channels.map((outputs, index) =>
    convolution(store, `conv${index + 1}`, channels[index - 1] ?? depth, outputs),
  );
  const pooled = (length: number) => channels.reduce((left) => Math.floor(left / 2), length);
  if (pooled(height) * pooled(width) === 0) {
    throw new UserError(
      "model-input",
      `${channels.length} poolings leave nothing of ${input.name} with ${height}×${width} points`,
      "Give `model.channels` fewer entries",
    );
  }
  const flat = pooled(height) * pooled(width) * (channels.at(-1) ?? depth);
  const outputs = outputWidth(dataset);
  const fully = hidden.map((units, index) =>
    dense(store, `fc${index + 1}`, { inputs: hidden[index - 1] ?? flat, outputs: units, gain: 2 }),
  );
  const last = dense(store, `fc${hidden.length + 1}`, {
    inputs: hidden.at(-1) ?? flat,
    outputs,
    gain: 1,
  });
  return {
    parameters: store.parameters,
    modalities: [input.name],
    outputs,
    forward(batch, dropout) {
      const pixels = batch.inputs.get(input.name);
      if (pixels === undefined) return new Map();
      const image = sub(reshape<Rank.R4>(pixels, [-1, height, width, depth]), MIDDLE);
      const maps = blocks.reduce<Tensor>((value, block) => block(value), image);
      const features = fully.reduce(
        (value, layer, index) => {
          const active = relu(layer(value));
          return dropout?.apply(active, `fc${index + 1}`, settings.dropout) ?? active;
        },
        reshape<Rank.R2>(maps, [-1, flat]),
      );
      return new Map([[input.name, { output: last(features) }]]);
    },
    dispose: store.dispose,
  };
});

function inputOf({ modality }: CnnModel, dataset: Dataset): ModalityData {
  return modelInput("cnn", dataset, modality, ["image", "spectrogram"]);
}
