import { describe, expect, test } from "vitest";
import { handGradientDisagreesWithLoss } from "../../../../server/src/rules/formula/hand-gradient-disagrees-with-loss.ts";
import { l1GradientNotSign as rule } from "../../../../server/src/rules/formula/l1-gradient-not-sign.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

/** A descent loop over `body`. */
const loop = (body: string) => `import numpy as np
import numpy as xp
import torch

def fit(X, y, w, lam, lr, eps):
    m, n = X.shape
    for _ in range(100):
        ${body.replaceAll("\n", "\n        ")}
    return w
`;

describe("l1-gradient-not-sign", () => {
  test.each([
    [
      "np.abs",
      "g = X.T @ (X @ w - y) / m + «lam * np.abs(w)»\nw -= lr * g",
      "g = X.T @ (X @ w - y) / m + lam * np.sign(w)\nw -= lr * g",
    ],
    [
      "an alias",
      "w = w - lr * (X.T @ (X @ w - y) + «lam * xp.abs(w)»)",
      "w = w - lr * (X.T @ (X @ w - y) + lam * xp.sign(w))",
    ],
    [
      "a tensor's method",
      "g = X.t() @ (X @ w - y) + «lam * w.abs()»\nw.sub_(lr * g)",
      "g = X.t() @ (X @ w - y) + lam * w.sign()\nw.sub_(lr * g)",
    ],
    ["the quotient", "g = X.T @ (X @ w - y) / m + «lam * w / np.abs(w)»\nw -= lr * g", undefined],
    [
      "the ridge's gradient beside a 1-norm",
      "loss = np.mean((X @ w - y) ** 2) / 2 + lam * np.abs(w).sum()\ng = X.T @ (X @ w - y) / m + «lam * w»\nw -= lr * g",
      "loss = np.mean((X @ w - y) ** 2) / 2 + lam * np.abs(w).sum()\ng = X.T @ (X @ w - y) / m + lam * np.sign(w)\nw -= lr * g",
    ],
  ])("finds %s", (_name, bad, good) => {
    checkRule(rule, loop(bad), good && loop(good));
    const plain = loop(bad).replaceAll(/[«»]/g, "");
    expect(findingsOf(handGradientDisagreesWithLoss, plain)).toEqual([]);
  });

  test("leaves a factor of the data to the rule on factors", () => {
    const code = loop(
      "loss = np.mean((X @ w - y) ** 2) / 2 + lam * np.abs(w).sum()\ng = 2 * X.T @ (X @ w - y) / m + lam * np.abs(w)\nw -= lr * g",
    );
    expect(findingsOf(rule, code)).toHaveLength(1);
    expect(findingsOf(handGradientDisagreesWithLoss, code)).toHaveLength(1);
  });

  test.each([
    ["the sign", "g = X.T @ (X @ w - y) / m + lam * np.sign(w)\nw -= lr * g"],
    ["a smooth form", "g = X.T @ (X @ w - y) / m + lam * w / np.sqrt(w ** 2 + eps)\nw -= lr * g"],
    ["a guarded quotient", "g = X.T @ (X @ w - y) + lam * w / (np.abs(w) + 1e-8)\nw -= lr * g"],
    ["the ridge", "g = X.T @ (X @ w - y) / m + lam * w\nw -= lr * g"],
    [
      "the ridge beside its own loss",
      "loss = np.mean((X @ w - y) ** 2) + lam * w @ w\ng = 2 * X.T @ (X @ w - y) / m + 2 * lam * w\nw -= lr * g",
    ],
    [
      "an elastic net",
      "loss = np.mean((X @ w - y) ** 2) / 2 + lam * np.abs(w).sum() + lam / 2 * w @ w\ng = X.T @ (X @ w - y) / m + lam * np.sign(w) + lam * w\nw -= lr * g",
    ],
    ["a proximal step", "w = np.sign(w) * np.maximum(np.abs(w) - lr * lam, 0)"],
    ["the size of a gradient", "size = np.abs(X.T @ (X @ w - y))\nw -= lr * size"],
    ["half-typed", "g = X.T @ (X @ w - y) / m + lam * np.abs(w\nw -= lr * g"],
  ])("stays silent: %s", (_name, body) => checkRule(rule, loop(body)));

  test("reads methods of a class", () => {
    checkRule(
      rule,
      `import numpy as np

class Lasso:
    def grad(self, X, y):
        return X.T @ (X @ self.w - y) + «self.lam * np.abs(self.w)»
`,
    );
  });
});
