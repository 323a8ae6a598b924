import { describe, expect, test } from "vitest";
import { reciprocalPrecedenceInCost as rule } from "../../../../server/src/rules/formula/reciprocal-precedence-in-cost.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

describe("reciprocal-precedence-in-cost", () => {
  test.each([
    [
      "a cost",
      "cost = («1 / 2 * num_examples») * (delta.T @ delta + penalty)",
      "cost = (1 / (2 * num_examples)) * (delta.T @ delta + penalty)",
    ],
    [
      "a gradient, without blanks",
      "grad = «1/2*m»*np.dot(X.T, e)",
      "grad = 1/(2*m)*np.dot(X.T, e)",
    ],
    [
      "len()",
      "import torch\nloss = «1 / 2 * len(y)» * torch.sum(e ** 2)",
      "import torch\nloss = 1 / (2 * len(y)) * torch.sum(e ** 2)",
    ],
    [
      "a method",
      "class A:\n    def cost(self, e):\n        return «1 / 2 * self.m» * e.dot(e)",
      "class A:\n    def cost(self, e):\n        return 1 / (2 * self.m) * e.dot(e)",
    ],
    ["a sum in place of the 1", "J = «np.sum(e ** 2) / 2 * m»", "J = np.sum(e ** 2) / (2 * m)"],
  ])("finds %s", (_name, bad, good) => checkRule(rule, bad, good));

  test("says what Python makes of it", () => {
    const [finding] = findingsOf(rule, "J = 1 / 2 * m * np.sum(e ** 2)");
    expect(finding?.message).toBe(
      "`1 / 2 * m` multiplies `J` by `m`: Python evaluates it from the left, as (1/2)·m.",
    );
  });

  test.each([
    ["parentheses below the line", "cost = 1 / (2 * m) * np.sum(e ** 2)"],
    ["parentheses around the fraction", "cost = (1 / 2) * m * np.sum(e ** 2)"],
    ["a mean", "cost = 1 / 2 * m * np.mean(e ** 2)"],
    ["a mean in place of the 1", "cost = np.mean(e ** 2) / 2 * m"],
    ["a likelihood", "loss = -1 / 2 * n * np.log(2 * np.pi * s)"],
    ["no count", "cost = 1 / 2 * lam * np.sum(w ** 2)"],
    ["no loss", "energy_kinetic = 1 / 2 * m * v ** 2"],
    ["2/m", "grad = 1 / m * 2 * X.T @ e"],
    ["half-typed", "cost = 1 / 2 * m * ("],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));
});
