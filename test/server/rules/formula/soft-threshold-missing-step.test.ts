import { describe, expect, test } from "vitest";
import { softThresholdMissingStep as rule } from "../../../../server/src/rules/formula/soft-threshold-missing-step.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const fit = (body: string) => `import numpy as np
import torch

def soft(x, t):
    return np.sign(x) * np.maximum(np.abs(x) - t, 0)

class Lasso:
    def fit(self, X, y, w, lr, lam, tau):
        for _ in range(100):
            g = X.T @ (X @ w - y)
            ${body.replaceAll("\n", "\n            ")}
        return w
`;

describe("soft-threshold-missing-step", () => {
  test.each([
    [
      "λ alone",
      "w = w - lr * g\n«w = np.sign(w) * np.maximum(np.abs(w) - lam, 0)»",
      "w = w - lr * g\nw = np.sign(w) * np.maximum(np.abs(w) - lr * lam, 0)",
    ],
    [
      "no maximum",
      "w -= lr * g\n«w = np.sign(w) * (np.abs(w) - lr * lam)»",
      "w -= lr * g\nw = np.sign(w) * (np.maximum(np.abs(w) - lr * lam, 0.0))",
    ],
    ["a helper of the document", "«w = soft(w - lr * g, lam)»", undefined],
    [
      "an attribute of PyTorch",
      "w -= lr * g\n«w = torch.sign(w) * torch.relu(w.abs() - self.alpha)»",
      "w -= lr * g\nw = torch.sign(w) * torch.relu(w.abs() - lr * self.alpha)",
    ],
  ])("finds %s", (_name, bad, good) => checkRule(rule, fit(bad), good && fit(good)));

  test("names the values", () => {
    const code = fit("w -= lr * g\nw = np.sign(w) * np.maximum(np.abs(w) - lam, 0)");
    expect(findingsOf(rule, code)[0]?.message).toBe(
      "This shrinks `w` by `lam` at every step, where the step has `lr` and the penalty asks for `lr * lam`.",
    );
  });

  test.each([
    ["the proximal step", "w = soft(w - lr * g, lr * lam)"],
    ["a threshold that is made before", "t = lr * lam\nw -= lr * g\nw = soft(w, t)"],
    ["a threshold of another name", "w -= lr * g\nw = soft(w, tau)"],
    ["coordinate descent", "rho = X.T @ y\nw = soft(rho, lam)"],
    ["no step beside it", "w = np.sign(w) * np.maximum(np.abs(w) - lam, 0)"],
    ["a mask", "w -= lr * g\nw = np.sign(w) * (np.abs(w) - lr * lam) * (np.abs(w) > lr * lam)"],
    ["half-typed", "w -= lr * g\nw = np.sign(w) * np.maximum(np.abs(w) - lam,"],
  ])("stays silent: %s", (_name, body) => checkRule(rule, fit(body)));
});
