import { expect, test } from "vitest";
import {
  isGradientFunction,
  isGradientName,
  isLossName,
  topicOf,
} from "../../../server/src/math/gradient-names.ts";

test.each([
  ["cost", true],
  ["costFunction", true],
  ["computeCostReg", true],
  ["J_history", true],
  ["self._nll", true],
  ["sum_of_square_error", true],
  ["val_loss", false],
  ["log_likelihood", false],
  ["prediction", false],
])("isLossName(%j) is %s", (name, expected) => expect(isLossName(name)).toBe(expected));

test.each([
  ["gradient", true],
  ["gradientReg", true],
  ["gradient_step", true],
  ["compute_gradient", true],
  ["_nll_grad", true],
  ["gradient_descent", false],
  ["clip_gradients", false],
  ["fit", false],
])("isGradientFunction(%j) is %s", (name, expected) =>
  expect(isGradientFunction(name)).toBe(expected),
);

test("isGradientName() leaves steps and norms alone", () => {
  expect(["dw", "grad", "w_grad", "grad_norm", "grad_step"].map(isGradientName)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

test.each([
  ["costFunction", ""],
  ["compute_gradient", ""],
  ["ridge_cost", "ridge"],
  ["gradientReg", "reg"],
])("topicOf(%j) is %j", (name, topic) => expect(topicOf(name)).toBe(topic));
