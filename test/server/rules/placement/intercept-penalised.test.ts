import { describe, expect, test } from "vitest";
import { interceptPenalised as rule } from "../../../../server/src/rules/placement/intercept-penalised.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

describe("intercept-penalised", () => {
  test.each([
    [
      "the normal equation",
      "X = np.c_[np.ones(m), X]\nw = np.linalg.solve(X.T @ X + «lam * np.eye(d + 1)», X.T @ y)",
      "X = np.c_[np.ones(m), X]\nw = np.linalg.solve(X.T @ X + lam * np.diag([0.0] + [1.0] * d), X.T @ y)",
    ],
    [
      "ones on the right",
      "X = np.hstack([X, np.ones((m, 1))])\nw = np.linalg.inv(X.T @ X + «lam * np.eye(n)») @ X.T @ y",
      "X = np.hstack([X, np.ones((m, 1))])\nw = np.linalg.inv(X.T @ X + lam * np.diag([1.0] * (n - 1) + [0.0])) @ X.T @ y",
    ],
    [
      "PyTorch",
      "import torch\nX = torch.cat([torch.ones(m, 1), X], dim=1)\nw = torch.linalg.solve(X.t() @ X + «lam * torch.eye(n)», X.t() @ y)",
      undefined,
    ],
    [
      "a class, in a branch",
      "class Ridge:\n    def fit(self, X, y):\n        if self.fit_intercept:\n            X = np.c_[np.ones(len(X)), X]\n        A = self.alpha * «np.eye(X.shape[1])»\n        self.w = np.linalg.inv(X.T @ X + A) @ X.T @ y",
      undefined,
    ],
    [
      "gradient descent",
      "def fit(X, y, w, lam, lr):\n    X = np.insert(X, 0, 1, axis=1)\n    for _ in range(9):\n        w -= lr * (X.T @ (X @ w - y) + «lam * w»)",
      undefined,
    ],
  ])("finds %s", (_name, bad, good) => checkRule(rule, bad, good));

  test("names the weights and the place", () => {
    const code =
      "import numpy as np\nX = np.c_[np.ones(m), X]\nw -= lr * (X.T @ (X @ w - y) + lam * w)\n";
    expect(findingsOf(rule, code)[0]?.message).toBe(
      "This penalty covers the intercept of `w` (the first column, of ones) too: predictions are pulled towards zero instead of the mean of y.",
    );
  });

  test.each([
    ["no ones", "w = np.linalg.solve(X.T @ X + lam * np.eye(n), X.T @ y)"],
    [
      "an identity with a cleared entry",
      "X = np.c_[np.ones(m), X]\nI = np.eye(d + 1)\nI[0, 0] = 0.0\nw = np.linalg.solve(X.T @ X + lam * I, X.T @ y)",
    ],
    [
      "a slice of the weights",
      "X = np.c_[np.ones(m), X]\ng = X.T @ (X @ w - y)\ng[1:] += lam * w[1:]\nw -= lr * g",
    ],
    [
      "ones in another function",
      "def a(X):\n    X = np.c_[np.ones(m), X]\ndef b(X, y, w):\n    w -= lr * (X.T @ (X @ w - y) + lam * w)",
    ],
    ["jitter of a kernel", "X = np.c_[np.ones(m), X]\nL = np.linalg.cholesky(K + eps * np.eye(n))"],
    ["half-typed", "X = np.c_[np.ones(m), X]\nw = np.linalg.solve(X.T @ X + lam * np.eye(n"],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));
});
