import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { checkExperiment } from "../../../core/experiment/check-experiment.ts";
import type { Separation, TowersModel } from "../../../core/experiment/experiment.ts";
import { makeBatch } from "../../../trainer/src/batch.ts";
import { trio } from "../../../trainer/src/data/trio.ts";
import type { Model } from "../../../trainer/src/model.ts";
import { towers } from "../../../trainer/src/models/towers.ts";
import { dataLoss } from "../../../trainer/src/objective.ts";
import { differenceLoss, reconstructionLoss } from "../../../trainer/src/separation-loss.ts";
import { loadContext } from "../../support/load-context.ts";
import { SMALL_TOWERS, SMALL_TRIO } from "../../support/small-towers.ts";
import { steepestSlopes } from "../../support/steepest-slopes.ts";
import { useCpuBackend } from "../../support/tensor-values.ts";

const PARTED: TowersModel = { ...SMALL_TOWERS, private_part: [9] };
const NAMES = ["image", "text", "audio"];
const ROWS = Int32Array.from({ length: 10 }, (_, row) => row);

const dataset = await trio.load(SMALL_TRIO, loadContext());

function create(seed: number, settings: TowersModel): Model {
  const model = towers.create(settings, dataset, seed);
  onTestFinished(() => model.dispose());
  return model;
}

beforeAll(useCpuBackend);

describe("towers with private parts", () => {
  test("have a second end for each tower and one decoder", () => {
    const shapes = Object.fromEntries(
      create(1, PARTED).parameters.map(({ name, variable }) => [name, variable.shape]),
    );
    expect(shapes).toMatchObject({
      "image.private.fc1.weight": [7, 9],
      "image.private.out.weight": [9, 3],
      "audio.private.out.weight": [9, 3],
      "decoder.weight": [3, 7],
      "decoder.bias": [7],
    });
    // The difference would not feel a bias, and an optimizer that scales gradients would walk it about.
    expect(shapes).not.toHaveProperty(["image.private.out.bias"]);
    const plain = create(1, SMALL_TOWERS).parameters.map(({ name }) => name);
    expect(Object.keys(shapes).filter((name) => !/private|decoder/.test(name))).toEqual(plain);
  });

  test("leave embedding and output to what is shared", () => {
    const batch = makeBatch(dataset, ROWS, NAMES);
    const [plain, parted] = [SMALL_TOWERS, PARTED].map((one) => create(3, one).forward(batch));
    for (const name of NAMES) {
      const [own, other] = [parted?.get(name), plain?.get(name)];
      expect(own?.output.dataSync(), name).toEqual(other?.output.dataSync());
      expect(own?.embedding?.dataSync(), name).toEqual(other?.embedding?.dataSync());
      expect(own?.separated?.private.shape).toEqual([10, 3]);
      expect(own?.separated?.reconstruction.shape).toEqual([10, 7]);
      expect(other?.separated).toBeUndefined();
    }
  });

  test("give the mean of their differences and reconstructions over the modalities", () => {
    const batch = makeBatch(dataset, ROWS, NAMES);
    const outputs = create(3, PARTED).forward(batch);
    const separation = { difference: 3, reconstruction: 0.25 };
    const { parts, total } = dataLoss(outputs, batch, { loss: "cross_entropy", separation });
    const value = (name: string) => parts[name]!.dataSync()[0]!;
    const each = NAMES.map((name) => {
      const { features, separated } = outputs.get(name)!;
      const present = batch.present.get(name)!;
      return [
        differenceLoss(separated!, present).dataSync()[0]!,
        reconstructionLoss(features!, separated!, present).dataSync()[0]!,
      ] as const;
    });
    const mean = (place: 0 | 1) => each.reduce((sum, one) => sum + one[place], 0) / 3;
    expect(value("difference")).toBeCloseTo(mean(0), 6);
    expect(value("reconstruction")).toBeCloseTo(mean(1), 6);
    expect(total.dataSync()[0]).toBeCloseTo(
      value("cross_entropy") + 3 * value("difference") + 0.25 * value("reconstruction"),
      5,
    );
  });

  // The features that are reconstructed count as given, so only what comes after them is compared.
  test.each([
    ["the difference", { difference: 2, reconstruction: 0 }, ""],
    ["the reconstruction", { difference: 0, reconstruction: 1 }, "private"],
    ["the reconstruction", { difference: 0, reconstruction: 1 }, "decoder"],
  ] as const)("%s has the gradient of its difference quotient %#", (_name, separation, within) => {
    const settings = { ...PARTED, private: { text: [16], audio: [16] }, shared: [16] };
    const model = create(4, settings);
    const batch = makeBatch(dataset, ROWS, model.modalities);
    const loss = () => lossOf(model, batch, separation);
    const moving = model.parameters.filter(
      ({ name }) => name.includes(within) && (within !== "" || !/^(head|decoder)/.test(name)),
    );
    for (const { name, gradient, error } of steepestSlopes(loss, moving, [2e-3, 5e-4])) {
      expect(error, name).toBeLessThan(0.02 * Math.abs(gradient) + 1e-3);
      expect(Math.abs(gradient), name).toBeGreaterThan(0);
    }
  });

  test.each([
    [{ private_part: [4] }, {}, "nothing is learned by a private part"],
    [{}, { separation: {} }, "no private part to keep apart"],
  ])("%j beside %j is refused", (model, objective, message) => {
    const checked = checkExperiment({
      name: "x",
      data: { source: "trio" },
      model: { type: "towers", ...model },
      objective: { loss: "cross_entropy", ...objective },
      training: { epochs: 1 },
    });
    expect(JSON.stringify(checked)).toContain(message);
  });
});

function lossOf(model: Model, batch: ReturnType<typeof makeBatch>, separation: Separation) {
  return dataLoss(model.forward(batch), batch, { loss: "none", separation }).total;
}
