import { type Scalar, square, sum, variableGrads } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Objective } from "../../../core/experiment/experiment.ts";
import { makeBatch } from "../../../trainer/src/batch.ts";
import { trio } from "../../../trainer/src/data/trio.ts";
import type { Model } from "../../../trainer/src/model.ts";
import { towers } from "../../../trainer/src/models/towers.ts";
import { dataLoss } from "../../../trainer/src/objective.ts";
import { loadContext } from "../../support/load-context.ts";
import { SMALL_TOWERS, SMALL_TRIO } from "../../support/small-towers.ts";
import { steepestSlopes } from "../../support/steepest-slopes.ts";
import { useCpuBackend } from "../../support/tensor-values.ts";

const OBJECTIVE: Objective = {
  loss: "cross_entropy",
  alignment: { loss: "info_nce", weight: 0.7, temperature: 0.3 },
};
const ROWS = Int32Array.from({ length: 10 }, (_, row) => row);

const dataset = await trio.load(SMALL_TRIO, loadContext());

function create(seed: number, settings = SMALL_TOWERS): Model {
  const model = towers.create(settings, dataset, seed);
  onTestFinished(() => {
    model.dispose();
  });
  return model;
}

beforeAll(useCpuBackend);

describe("towers", () => {
  test("names its parameters by modality, layer and kind", () => {
    const shapes = Object.fromEntries(
      create(1).parameters.map(({ name, variable }) => [name, variable.shape]),
    );
    expect(shapes).toMatchObject({
      "image.conv1.weight": [3, 3, 3, 8],
      "image.conv1.bias": [8],
      "image.conv2.weight": [3, 3, 8, 16],
      "image.fc1.weight": [64, 6],
      "image.out.weight": [6, 7],
      "text.embed.weight": [57, 32],
      "text.fc1.weight": [32, 5],
      "audio.fc1.weight": [600, 4],
      "shared.fc1.weight": [7, 7],
      "shared.out.weight": [7, 3],
      "head.weight": [3, 6],
    });
  });

  test("starts from weights that the seed decides", () => {
    const values = (seed: number) =>
      create(seed).parameters.map(({ variable }) => variable.dataSync());
    expect(values(1)).toEqual(values(1));
    expect(values(1)).not.toEqual(values(2));
  });

  test("gives unit embeddings and logits for each modality it has", () => {
    const model = create(1, { ...SMALL_TOWERS, private: { text: [], audio: [4] } });
    const outputs = model.forward(makeBatch(dataset, ROWS, model.modalities));
    expect([...outputs.keys()]).toEqual(["text", "audio"]);
    for (const { embedding, output } of outputs.values()) {
      expect([embedding?.shape, output.shape]).toEqual([
        [10, 3],
        [10, 6],
      ]);
      const values = embedding!.dataSync();
      for (let row = 0; row < 10; row++) {
        expect(Math.hypot(...values.subarray(row * 3, row * 3 + 3))).toBeCloseTo(1, 4);
      }
    }
  });

  test("gives the token vector of padding no gradient, those of the caption's words some", () => {
    const model = create(1, { ...SMALL_TOWERS, private: { text: [5] } });
    const embed = model.parameters.find(({ name }) => name === "text.embed.weight")!.variable;
    const { grads } = variableGrads(() => {
      const outputs = model.forward(makeBatch(dataset, ROWS, ["text"]));
      return sum<Scalar>(square(outputs.get("text")!.output));
    }, [embed]);
    const gradient = grads[embed.name]!.dataSync();
    expect(gradient.subarray(0, 32).every((value) => value === 0)).toBe(true);
    expect(gradient.some((value) => value !== 0)).toBe(true);
  });
});

test("towers refuse images that their poolings leave nothing of", () => {
  const tiny = {
    ...dataset,
    modalities: dataset.modalities.map((one) =>
      one.name === "image" ? { ...one, shape: [3, 8, 3] } : one,
    ),
  };
  expect(() => towers.create(SMALL_TOWERS, tiny, 1)).toThrow(
    "2 poolings leave nothing of image with 3×8 points",
  );
});

describe("dataLoss of towers", () => {
  test("has the gradient of its difference quotient in every parameter tensor", () => {
    // Wide enough that no row loses all its units to the ReLU, where the direction has a kink.
    const model = create(4, {
      ...SMALL_TOWERS,
      private: { image: [16], text: [16], audio: [16] },
      shared: [16],
    });
    const batch = makeBatch(dataset, ROWS, model.modalities);
    const loss = () => dataLoss(model.forward(batch), batch, OBJECTIVE).total;
    for (const { name, gradient, error } of steepestSlopes(loss, model.parameters, [5e-4])) {
      expect(error, name).toBeLessThan(0.02 * Math.abs(gradient) + 2e-3);
    }
  });

  test("is the mean over samples of the mean over their modalities, with missing ones left out", () => {
    const model = create(4);
    const batch = makeBatch(dataset, ROWS, model.modalities);
    const outputs = model.forward(batch);
    const losses = Array.from(ROWS, (row, index) => {
      const present = model.modalities.filter(
        (name) => dataset.modalities.find((one) => one.name === name)!.present[row] === 1,
      );
      const each = present.map((name) => {
        const all = Array.from(outputs.get(name)!.output.dataSync());
        const logits = all.slice(index * 6, index * 6 + 6);
        const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
        return -Math.log(Math.exp(logits[dataset.labels[row]!]!) / total);
      });
      return each.reduce((sum, value) => sum + value, 0) / each.length;
    });
    const expected = losses.reduce((sum, value) => sum + value, 0) / losses.length;
    const { parts, total } = dataLoss(outputs, batch, OBJECTIVE);
    expect(parts["cross_entropy"]!.dataSync()[0]).toBeCloseTo(expected, 5);
    expect(total.dataSync()[0]).toBeCloseTo(expected + 0.7 * parts["info_nce"]!.dataSync()[0]!, 5);
    const alone = dataLoss(outputs, batch, { loss: "cross_entropy" });
    expect(Object.keys(alone.parts)).toEqual(["cross_entropy"]);
  });
});
