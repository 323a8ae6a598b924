import { tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { crossEntropy } from "../../../trainer/src/losses/cross-entropy.ts";
import { useCpuBackend, valuesOf } from "../../support/tensor-values.ts";

beforeAll(useCpuBackend);

describe("crossEntropy", () => {
  test.each([
    ["equal logits", [0, 0, 0], 0, Math.log(3)],
    ["a known distribution", [Math.log(0.2), Math.log(0.5), Math.log(0.3)], 1, -Math.log(0.5)],
    ["logits that overflow exp", [1000, 999, 0], 0, Math.log(1 + Math.exp(-1))],
    ["a hopeless class", [1000, 0, 0], 1, 1000],
  ])("gives −log p of the label for %s", (_name, logits, label, expected) => {
    const oneHot = [0, 0, 0].map((_, index) => (index === label ? 1 : 0));
    const [loss] = valuesOf(() =>
      crossEntropy.perRow(tensor2d(logits, [1, 3]), tensor2d(oneHot, [1, 3])),
    );
    expect(loss).toBeCloseTo(expected, 5);
  });
});
