import { beforeAll, describe, expect, test } from "vitest";
import { gradientDescent } from "../../../trainer/src/optimizers/gradient-descent.ts";
import { sgd } from "../../../trainer/src/optimizers/sgd.ts";
import { traceOf } from "../../support/optimizer-steps.ts";
import { useCpuBackend } from "../../support/tensor-values.ts";

beforeAll(useCpuBackend);

describe("gradient_descent", () => {
  test("makes plain gradient steps", () => {
    const settings = { learningRate: 0.1, momentum: 0, weightDecay: 0 };
    expect(traceOf(gradientDescent, settings)).toEqual(traceOf(sgd, settings));
  });
});
