import {
  mul,
  reshape,
  type Scalar,
  sum,
  tensor2d,
  tidy,
  variableGrads,
} from "@tensorflow/tfjs-core";
import { expect, onTestFinished, test } from "vitest";
import type { ModelSettings } from "../../core/experiment/experiment.ts";
import { selectBackend } from "../../trainer/src/backends/select.ts";
import { makeBatch } from "../../trainer/src/batch.ts";
import { findById } from "../../trainer/src/find-by-id.ts";
import type { Model } from "../../trainer/src/model.ts";
import { MODELS } from "../../trainer/src/models.generated.ts";
import { worstOnEveryBackend } from "../support/every-backend.ts";
import { expectWithin } from "../support/expect-within.ts";
import { randomWeights } from "../support/random-weights.ts";
import { smallDataset } from "../support/small-dataset.ts";
import { distance } from "../support/tensor-values.ts";
import { describeWithPyTorch, runPython } from "./run-python.ts";

/** Sentences of unequal lengths, one of them empty, with more padding than the longest needs. */
const DATASET = smallDataset({ padding: 2 });
const ROWS = Int32Array.from({ length: DATASET.rows }, (_, row) => row);
const OUTPUTS = 2;
/** What the outputs are multiplied by before they are added up to what is differentiated. */
const FACTORS = randomWeights("factors", [ROWS.length, OUTPUTS]);

interface Answer {
  readonly output: readonly number[];
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}

type Case = readonly [name: string, torch: string, settings: ModelSettings];

const CASES: readonly Case[] = [
  [
    "dense layers with ReLU",
    "linear, relu",
    { type: "mlp", modality: "image", hidden: [12, 7], dropout: 0.5 },
  ],
  [
    "convolutions with pooling, even sides",
    "conv2d, max_pool2d",
    { type: "cnn", modality: "image", channels: [4, 6], hidden: [7], dropout: 0.5 },
  ],
  [
    "convolutions with pooling, odd sides, one channel",
    "conv2d, max_pool2d",
    { type: "cnn", modality: "audio", channels: [3, 5], hidden: [], dropout: 0 },
  ],
  [
    "bi-LSTM of one layer, packed rows",
    "LSTM, pack_padded_sequence",
    { type: "bilstm", embedding: 5, units: 3, layers: 1, dropout: 0.5 },
  ],
  [
    "bi-LSTM of three layers, packed rows",
    "LSTM, pack_padded_sequence",
    { type: "bilstm", embedding: 9, units: 8, layers: 3, dropout: 0.5 },
  ],
];

/** The same weights on every backend, biases other than 0 among them. */
function createModel(settings: ModelSettings): Model {
  const model = findById(MODELS, settings.type).create(settings, DATASET, 4);
  for (const { name, kind, variable } of model.parameters) {
    if (kind !== "bias") continue;
    tidy(() => {
      const shift = randomWeights(name, variable.shape).map((value) => value / 4);
      variable.assign(reshape(shift, variable.shape));
    });
  }
  onTestFinished(() => {
    model.dispose();
  });
  return model;
}

/** Output of all rows and gradients of Σ output·factor by every parameter. */
function forwardAndBack(model: Model): Answer {
  const [modality = ""] = model.modalities;
  const batch = makeBatch(DATASET, ROWS, model.modalities);
  const outputs = () => model.forward(batch).get(modality)?.output ?? tensor2d([], [0, OUTPUTS]);
  return tidy(() => {
    const output = Array.from(outputs().dataSync());
    const { grads } = variableGrads(
      () => sum<Scalar>(mul(outputs(), tensor2d(FACTORS, [ROWS.length, OUTPUTS]))),
      model.parameters.map(({ variable }) => variable),
    );
    const gradients = model.parameters.map(
      ({ name, variable }) => [name, Array.from(grads[variable.name]?.dataSync() ?? [])] as const,
    );
    return { output, gradients: Object.fromEntries(gradients) };
  });
}

function given(settings: ModelSettings) {
  const model = createModel(settings);
  const [modality = ""] = model.modalities;
  const inputs = makeBatch(DATASET, ROWS, model.modalities).inputs.get(modality)?.arraySync();
  const weights = model.parameters.map(
    ({ name, variable }) => [name, variable.arraySync()] as const,
  );
  const factors = Array.from(ROWS, (row) => FACTORS.slice(OUTPUTS * row, OUTPUTS * (row + 1)));
  return { model: settings.type, weights: Object.fromEntries(weights), inputs, factors };
}

/** What PyTorch answers to all cases, asked once. */
let asked: Promise<readonly Answer[]> | undefined;

async function ask(): Promise<readonly Answer[]> {
  await selectBackend("cpu", () => undefined);
  return runPython(
    "pytorch_layers.py",
    CASES.map(([, , settings]) => given(settings)),
  ) as Answer[];
}

describeWithPyTorch("networks against PyTorch", () => {
  test.each(CASES.map(([name, torch, settings], index) => [name, torch, settings, index] as const))(
    "%s have PyTorch's outputs and gradients on every backend",
    async (name, torch, settings, index) => {
      asked ??= ask();
      const { output, gradients } = (await asked)[index] ?? { output: [], gradients: {} };
      expect(Math.max(...output.map(Math.abs))).toBeGreaterThan(0.1);
      let outputError = 0;
      const gradientError = await worstOnEveryBackend(() => {
        const found = forwardAndBack(createModel(settings));
        outputError = Math.max(outputError, distance(found.output, output));
        const errors = Object.entries(gradients).map(([parameter, values]) => {
          const error = distance(found.gradients[parameter] ?? [], values);
          return error / Math.max(1, ...values.map(Math.abs));
        });
        return Math.max(...errors);
      });
      const row = {
        section: "Layers",
        formula: "outputs of a batch; the gradient of their weighted sum by all weights and biases",
        reference: `PyTorch 2.13.0, ${torch}, binary64`,
      };
      expectWithin(outputError, { ...row, quantity: `${name}: outputs`, tolerance: 2e-6 });
      expectWithin(gradientError, {
        ...row,
        quantity: `${name}: gradients, relative to max(1, |x|)`,
        tolerance: 2e-6,
      });
    },
    120_000,
  );
});
