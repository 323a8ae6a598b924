import { memory, tensor1d, variable } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { createAcceleration } from "../../trainer/src/acceleration.ts";
import { useCpuBackend } from "../support/tensor-values.ts";

beforeAll(useCpuBackend);

describe("createAcceleration()", () => {
  test("stays at the first step, looks ahead later, and can take it back", () => {
    const before = memory().numTensors;
    const weights = variable(tensor1d([1, 2]));
    const values = () => Array.from(weights.dataSync());
    const acceleration = createAcceleration([{ name: "w", kind: "weight", variable: weights }]);
    for (const next of [
      [1.5, 2],
      [2, 2],
    ]) {
      acceleration.lookAhead();
      const ahead = tensor1d(values());
      weights.assign(tensor1d(next));
      acceleration.conclude([ahead]);
      ahead.dispose();
    }
    acceleration.lookAhead();
    // θ₂ = (1 + √5)/2, θ₃ = (1 + √(1 + 4θ₂²))/2, β = (θ₂ − 1)/θ₃, and the last step was [0.5, 0].
    const theta = (1 + Math.sqrt(5)) / 2;
    const beta = (theta - 1) / ((1 + Math.sqrt(1 + 4 * theta * theta)) / 2);
    expect(values()[0]).toBeCloseTo(2 + beta * 0.5, 6);
    expect(values()[1]).toBe(2);
    acceleration.retreat();
    expect(values()).toEqual([2, 2]);
    expect([...acceleration.state.keys()]).toEqual(["theta", "beta", "previous/w"]);
    acceleration.dispose();
    weights.dispose();
    // The assigned tensors of this test are its own.
    expect(memory().numTensors - before).toBeLessThanOrEqual(3);
  });
});
