import { describe, expect, test } from "vitest";
import { gradientAscentOnLoss as rule } from "../../../../server/src/rules/formula/gradient-ascent-on-loss.ts";
import { handGradientDisagreesWithLoss } from "../../../../server/src/rules/formula/hand-gradient-disagrees-with-loss.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const loop = (body: string, name = "fit") => `import numpy as np
import jax.numpy as jnp

def ${name}(X, y, w, lam, lr, b):
    m, n = X.shape
    for _ in range(100):
        ${body.replaceAll("\n", "\n        ")}
    return w
`;

describe("gradient-ascent-on-loss", () => {
  test.each([
    [
      "a squared error, without a loss",
      "«w += lr * X.T @ (X @ w - y) / m»",
      "w -= lr * X.T @ (X @ w - y) / m",
    ],
    [
      "a step in long form",
      "error = X.dot(w) + b - y\ng = X.T.dot(error) / m\n«w = w + lr * g»",
      undefined,
    ],
    [
      "a loss with a penalty",
      "loss = np.mean((X @ w - y) ** 2) + lam * w @ w\ng = 2 * X.T @ (X @ w - y) / m + 2 * lam * w\n«w += lr * g»",
      "loss = np.mean((X @ w - y) ** 2) + lam * w @ w\ng = 2 * X.T @ (X @ w - y) / m + 2 * lam * w\nw -= lr * g",
    ],
    [
      "logistic regression",
      "h = 1 / (1 + np.exp(-X @ w))\ncost = -np.mean(y * np.log(h) + (1 - y) * np.log(1 - h))\n«w += lr * X.T @ (h - y) / m»",
      "h = 1 / (1 + np.exp(-X @ w))\ncost = -np.mean(y * np.log(h) + (1 - y) * np.log(1 - h))\nw -= lr * X.T @ (h - y) / m",
    ],
    [
      "a gradient that is negated and then subtracted",
      "loss = jnp.mean((X @ w - y) ** 2) / 2\ngrad = -(X.T @ (X @ w - y)) / m\n«w -= lr * grad»",
      undefined,
    ],
    [
      "a J that is a sum of squares",
      "J = np.sum((X @ w - y) ** 2) / (2 * m)\n«w += lr * X.T @ (X @ w - y) / m»",
      "J = np.sum((X @ w - y) ** 2) / (2 * m)\nw -= lr * X.T @ (X @ w - y) / m",
    ],
  ])("finds %s", (_name, bad, good) => {
    checkRule(rule, loop(bad), good && loop(good));
    const plain = loop(bad).replaceAll(/[«»]/g, "");
    expect(findingsOf(handGradientDisagreesWithLoss, plain)).toEqual([]);
  });

  test.each([
    ["descent", "w -= lr * X.T @ (X @ w - y) / m"],
    ["the negative gradient, added", "w += lr * X.T @ (y - X @ w) / m"],
    ["a negated gradient, added", "g = -X.T @ (X @ w - y)\nw += lr * g"],
    [
      "a likelihood",
      "h = 1 / (1 + np.exp(-X @ w))\nlog_likelihood = np.sum(y * np.log(h) + (1 - y) * np.log(1 - h))\nw += lr * X.T @ (y - h)",
    ],
    [
      "a likelihood under another name",
      "h = 1 / (1 + np.exp(-X @ w))\nobjective = np.sum(y * np.log(h) + (1 - y) * np.log(1 - h))\nw += lr * X.T @ (y - h)",
    ],
    ["a reward", "reward = -np.mean((X @ w - y) ** 2)\nw += lr * X.T @ (X @ w - y)"],
    ["a gradient that is only named", "grad = -(X.T @ (X @ w - y)) / m\nreturn grad"],
    ["momentum", "v = 0.9 * v + X.T @ (X @ w - y)\nw += v"],
    ["a model that is not linear", "w += lr * X.T @ (np.tanh(X @ w) - y)"],
    ["half-typed", "w += lr * X.T @ (X @ w -"],
  ])("stays silent: %s", (_name, body) => checkRule(rule, loop(body)));

  test("stays silent in code that is called an ascent", () => {
    checkRule(rule, loop("w += lr * X.T @ (X @ w - y)", "gradient_ascent"));
    checkRule(rule, loop("w += lr * X.T @ (X @ w - y)", "adversarial_step"));
  });

  test("reads methods and attributes", () => {
    checkRule(
      rule,
      `import numpy as np

class Regression:
    def fit(self, X, y):
        for _ in range(self.epochs):
            error = X.dot(self.w) - y
            «self.w += self.lr * X.T.dot(error)»
`,
    );
  });
});
