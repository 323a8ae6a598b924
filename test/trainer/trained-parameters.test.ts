import { variable, zeros } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { Transfer } from "../../core/experiment/experiment.ts";
import type { Parameter } from "../../trainer/src/parameters.ts";
import { trainedParameters } from "../../trainer/src/trained-parameters.ts";
import { useCpuBackend } from "../support/tensor-values.ts";

const LENGTH = { stepsPerEpoch: 5, stepsTotal: 50 };
const PLAIN = { from: "x", include: "*", unfreeze: [], learning_rates: [] } as const;
let parameters: readonly Parameter[] = [];

beforeAll(async () => {
  await useCpuBackend();
  parameters = ["image.conv1", "image.conv2", "shared", "head"].map((name) => ({
    name,
    kind: "weight",
    variable: variable(zeros([1])),
  }));
});

function of(transfer: Transfer | undefined) {
  const trained = trainedParameters(parameters, transfer, LENGTH);
  if ("problem" in trained) throw new RangeError(trained.problem.message);
  return {
    at: (epoch: number) => trained.at(epoch).map(({ name }) => name),
    rates: [...trained.rateFactors],
    idle: [...trained.idleSteps],
    notes: trained.notes,
  };
}

describe("trainedParameters()", () => {
  test("trains everything from the start where nothing is transferred", () => {
    expect(of(undefined).at(1)).toHaveLength(4);
    expect(of(undefined)).toMatchObject({ rates: [], idle: [], notes: [] });
  });

  test("thaws layer by layer, and counts their optimizer's steps from there", () => {
    const found = of({
      ...PLAIN,
      freeze: "image.*",
      unfreeze: [
        { on: "image.conv2", epoch: 3 },
        { on: "*.conv2", epoch: 2 },
      ],
    });
    expect(found.at(1)).toEqual(["shared", "head"]);
    expect(found.at(2)).toEqual(["image.conv2", "shared", "head"]);
    expect(found.at(99)).not.toContain("image.conv1");
    expect(found.idle).toEqual([["image.conv2", 5]]);
    expect(found.notes).toEqual(["Trained from epoch 2 on: image.conv2", "Frozen: image.conv1"]);
  });

  test("gives each parameter the factor of the last entry that matches", () => {
    const learning_rates = [
      { on: "*", factor: 0.5 },
      { on: "image.*", factor: 0.1 },
    ];
    expect(of({ ...PLAIN, learning_rates }).rates).toEqual([
      ["image.conv1", 0.1],
      ["image.conv2", 0.1],
      ["shared", 0.5],
      ["head", 0.5],
    ]);
  });

  test.each<readonly [string, Partial<Transfer>]>([
    ["every parameter is frozen in the first epoch", { freeze: "*" }],
    ["`imag.*` matches no parameter", { freeze: "imag.*" }],
    ["`x*` matches no parameter", { unfreeze: [{ on: "x*", epoch: 2 }] }],
    ["`y` matches no parameter", { learning_rates: [{ on: "y", factor: 1 }] }],
  ])("refuses: %s", (message, given) => {
    expect(() => of({ ...PLAIN, ...given })).toThrow(message);
  });
});
