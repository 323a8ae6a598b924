import { tensor1d, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { clipGradients, globalNorm } from "../../trainer/src/gradient-clip.ts";
import { expectWithin } from "../support/expect-within.ts";
import { distance, useCpuBackend, valuesOf } from "../support/tensor-values.ts";

beforeAll(useCpuBackend);

const clipped = (gradients: readonly number[][], method: "global_norm" | "value", limit: number) =>
  tidy(() =>
    clipGradients(
      gradients.map((values) => tensor1d(values)),
      { method, limit },
    ).map((gradient) => Array.from(gradient.dataSync())),
  );

describe("clipGradients()", () => {
  test("scales all gradients by limit/(norm + 1e-6) where their norm is above the limit", () => {
    const found = clipped([[3, 0], [4]], "global_norm", 1).flat();
    const factor = 1 / (5 + 1e-6);
    expectWithin(distance(found, [3 * factor, 0, 4 * factor]), {
      section: "Optimizers",
      quantity: "gradient clipping by global norm",
      formula: "g·min(1, limit/(‖g‖ + 1e-6))",
      reference: "torch.nn.utils.clip_grad_norm_'s formula in float64",
      tolerance: 1e-6,
    });
  });

  test("leaves gradients below the limit bit for bit", () => {
    expect(clipped([[0.3, -0.1], [0.4]], "global_norm", 1)).toEqual([
      [0.3, -0.1].map(Math.fround),
      [Math.fround(0.4)],
    ]);
  });

  test("clamps every entry by value", () => {
    expect(clipped([[3, -4, 0.5]], "value", 2)).toEqual([[2, -2, 0.5]]);
  });

  test("keeps zeros and nothing; one NaN shows in all of them", () => {
    expect(clipped([[0, 0]], "global_norm", 1)).toEqual([[0, 0]]);
    expect(clipped([], "global_norm", 1)).toEqual([]);
    expect(clipped([[Number.NaN], [1]], "global_norm", 1)).toEqual([[Number.NaN], [Number.NaN]]);
  });
});

test("globalNorm() is that of all tensors together", () => {
  expect(valuesOf(() => globalNorm([tensor1d([3]), tensor1d([0, 4])]))).toEqual([5]);
});
