import { mean, mul, type Scalar, sum, tensor, variableGrads } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { ModelSettings } from "../../../core/experiment/experiment.ts";
import { makeBatch } from "../../../trainer/src/batch.ts";
import type { Dataset } from "../../../trainer/src/dataset.ts";
import { createDropout } from "../../../trainer/src/dropout.ts";
import type { Model } from "../../../trainer/src/model.ts";
import { bilstm } from "../../../trainer/src/models/bilstm.ts";
import { cnn } from "../../../trainer/src/models/cnn.ts";
import { mlp } from "../../../trainer/src/models/mlp.ts";
import { smallDataset } from "../../support/small-dataset.ts";
import { steepestSlopes } from "../../support/steepest-slopes.ts";
import { useCpuBackend } from "../../support/tensor-values.ts";

beforeAll(useCpuBackend);

const ROWS = Int32Array.of(0, 1, 2, 3, 4, 5);
const DATASET = smallDataset();

const SETTINGS = {
  mlp: { type: "mlp", modality: "image", hidden: [6, 5], dropout: 0.5 },
  cnn: { type: "cnn", modality: "image", channels: [4, 6], hidden: [7], dropout: 0.5 },
  bilstm: { type: "bilstm", embedding: 5, units: 3, layers: 2, dropout: 0.5 },
} as const satisfies Readonly<Record<string, ModelSettings>>;
const KINDS = { mlp, cnn, bilstm };
const NAMES = ["mlp", "cnn", "bilstm"] as const;

function create(name: (typeof NAMES)[number], seed = 1, dataset: Dataset = DATASET): Model {
  const model = KINDS[name].create(SETTINGS[name], dataset, seed);
  onTestFinished(() => {
    model.dispose();
  });
  return model;
}

const shapesOf = (model: Model) =>
  Object.fromEntries(model.parameters.map(({ name, variable }) => [name, variable.shape]));

const batchFor = (model: Model, dataset: Dataset = DATASET) =>
  makeBatch(dataset, ROWS, model.modalities);

describe("parameters", () => {
  test("of mlp are dense layers on all numbers of a row", () => {
    expect(shapesOf(create("mlp"))).toEqual({
      "fc1.weight": [8 * 8 * 3, 6],
      "fc1.bias": [6],
      "fc2.weight": [6, 5],
      "fc2.bias": [5],
      "fc3.weight": [5, 2],
      "fc3.bias": [2],
    });
  });

  test("of cnn are convolutions, then dense layers on what the poolings leave", () => {
    expect(shapesOf(create("cnn"))).toEqual({
      "conv1.weight": [3, 3, 3, 4],
      "conv1.bias": [4],
      "conv2.weight": [3, 3, 4, 6],
      "conv2.bias": [6],
      "fc1.weight": [2 * 2 * 6, 7],
      "fc1.bias": [7],
      "fc2.weight": [7, 2],
      "fc2.bias": [2],
    });
  });

  test("of bilstm are token vectors, both ways of every layer, and one dense layer", () => {
    const shapes = shapesOf(create("bilstm"));
    expect(shapes).toMatchObject({
      "embedding.weight": [7, 5],
      "lstm.layer0.forward.weight_ih": [5, 12],
      "lstm.layer0.backward.weight_hh": [3, 12],
      "lstm.layer1.forward.weight_ih": [6, 12],
      "lstm.layer1.backward.bias": [12],
      "fc.weight": [6, 2],
    });
    expect(Object.keys(shapes)).toHaveLength(1 + 2 * 2 * 3 + 2);
  });
});

describe.each(NAMES)("%s", (name) => {
  test("starts from weights that the seed decides", () => {
    const values = (seed: number) =>
      create(name, seed).parameters.map(({ variable }) => Array.from(variable.dataSync()));
    expect(values(1)).toEqual(values(1));
    expect(values(1)).not.toEqual(values(2));
  });

  test("gives one row of logits for each row, the same ones without dropout", () => {
    const model = create(name);
    const outputOf = () => model.forward(batchFor(model)).get(model.modalities[0]!)!.output;
    expect(outputOf().shape).toEqual([6, 2]);
    expect(outputOf().dataSync()).toEqual(outputOf().dataSync());
  });

  test("is dropped out in training, by another mask in each step", () => {
    const model = create(name);
    const outputAt = (step: number) => {
      const dropout = createDropout(
        3,
        () => step,
        (values, shape) => tensor(values(), [...shape], "bool"),
      );
      const outputs = model.forward(batchFor(model), dropout);
      return Array.from(outputs.get(model.modalities[0]!)!.output.dataSync());
    };
    expect(outputAt(1)).toEqual(outputAt(1));
    expect(outputAt(1)).not.toEqual(outputAt(2));
  });

  test("has the gradient of its difference quotient in every parameter tensor", () => {
    const model = create(name, 5);
    const batch = batchFor(model);
    const loss = () =>
      mean<Scalar>(
        sum(mul(model.forward(batch).get(model.modalities[0]!)!.output, tensor([1, -0.5])), 1),
      );
    for (const { name: parameter, gradient, error } of steepestSlopes(
      loss,
      model.parameters,
      [1e-2],
    )) {
      expect(error, parameter).toBeLessThan(0.02 * Math.abs(gradient) + 1e-4);
    }
  });
});

describe("bilstm", () => {
  test("never reads padding: what is behind a row's end changes nothing", () => {
    const model = create("bilstm", 2);
    const outputs = model.forward(batchFor(model)).get("text")!.output.dataSync();
    // The same rows with four more places of padding each.
    const longer = smallDataset({ padding: 4 });
    const same = model.forward(batchFor(model, longer)).get("text")!.output.dataSync();
    expect(Array.from(same)).toEqual(Array.from(outputs));
    const table = model.parameters[0]!.variable;
    const { grads } = variableGrads(
      () => sum<Scalar>(model.forward(batchFor(model, longer)).get("text")!.output),
      [table],
    );
    expect(Array.from(grads[table.name]!.dataSync().subarray(0, 5))).toEqual([0, 0, 0, 0, 0]);
  });

  test("reads a row of padding alone as its bias", () => {
    const model = create("bilstm", 2);
    const outputs = model.forward(batchFor(model)).get("text")!.output.dataSync();
    // Row 5 has no tokens, and biases start from 0.
    expect(Array.from(outputs.subarray(10))).toEqual([0, 0]);
  });
});

describe("the input of a model", () => {
  test.each([
    ["mlp", { type: "mlp", hidden: [], dropout: 0 }, "Name one in `model.modality`"],
    ["mlp", { type: "mlp", modality: "text", hidden: [], dropout: 0 }, "cannot read the modality"],
    ["cnn", { ...SETTINGS.cnn, channels: [2, 2, 2, 2] }, "leave nothing of image"],
    ["bilstm", { ...SETTINGS.bilstm, modality: "image" }, "it reads tokens"],
  ] as const)("of %s is refused: %j", (name, settings, message) => {
    expect(() => KINDS[name].create(settings, DATASET, 1)).toThrow(message);
  });
});
