import { describe, expect, test } from "vitest";
import { dataTermLostPenaltyCountedTwice as rule } from "../../../../server/src/rules/formula/data-term-lost-penalty-counted-twice.ts";
import { applyEdits, checkRule, findingsOf } from "../../../support/check-rule.ts";

const IMPORTS = "import numpy as np\nimport numpy.linalg as la\nimport torch\n";

describe("data-term-lost-penalty-counted-twice", () => {
  test.each([
    [
      "L1 in a regularizer function",
      "def l1_regularization(w, lambda_):\n    return «np.abs(w).sum()» + lambda_ * np.abs(w).sum()",
      "def l1_regularization(w, lambda_):\n    return lambda_ * np.abs(w).sum()",
    ],
    [
      "L2 in a regularizer function",
      "def l2_regularization(w, lambda_):\n    return «np.square(w).sum()» + lambda_ * np.square(w).sum()",
      "def l2_regularization(w, lambda_):\n    return lambda_ * np.square(w).sum()",
    ],
    [
      "the same norm in two spellings",
      "loss = «np.sum(w ** 2)» + lam * np.dot(w, w)",
      "loss = lam * np.dot(w, w)",
    ],
    [
      "a squared norm and a sum of squares",
      "loss = alpha * la.norm(w) ** 2 + «np.square(w).sum()»",
      "loss = alpha * la.norm(w) ** 2",
    ],
    [
      "kept under a name",
      "l1 = np.abs(w).sum()\nloss = «l1» + lam * l1",
      "l1 = np.abs(w).sum()\nloss = lam * l1",
    ],
    [
      "PyTorch's methods, in parentheses",
      "loss = (lam * w.abs().sum()) + («w.abs().sum()»)",
      "loss = (lam * w.abs().sum())",
    ],
    [
      "a norm over all parameters of a model",
      "l2 = sum(p.pow(2).sum() for p in model.parameters())\nloss = «l2» + lam * l2",
      "l2 = sum(p.pow(2).sum() for p in model.parameters())\nloss = lam * l2",
    ],
    [
      "λ as a number",
      "loss = «np.abs(w).sum()» + 1e-4 * np.abs(w).sum()",
      "loss = 1e-4 * np.abs(w).sum()",
    ],
    [
      "λ as a number, over all parameters of a model",
      "l1 = sum(p.abs().sum() for p in model.parameters())\nloss = «l1» + 1e-4 * l1",
      "l1 = sum(p.abs().sum() for p in model.parameters())\nloss = 1e-4 * l1",
    ],
    [
      "with a factor of its own",
      "loss = «0.5 * np.sum(w ** 2)» + lam * np.sum(w ** 2)",
      "loss = lam * np.sum(w ** 2)",
    ],
    [
      "beside a data loss",
      "def objective(X, y, w, lam):\n    return ((X @ w - y) ** 2).mean() + «np.abs(w).sum()» + lam * np.abs(w).sum()",
      "def objective(X, y, w, lam):\n    return ((X @ w - y) ** 2).mean() + lam * np.abs(w).sum()",
    ],
  ])("keeps the scaled norm: %s", (_name, bad, good) => {
    checkRule(rule, IMPORTS + bad, IMPORTS + good);
    checkRule(rule, IMPORTS + good);
  });

  test("offers the data loss of the scope first, then to drop the plain norm", () => {
    const code =
      "import numpy as np\ndef f(w, X, y, lam):\n    mse = np.mean((X @ w - y) ** 2)\n    loss = np.abs(w).sum() + lam * np.abs(w).sum()\n    return loss\n";
    const [finding, ...others] = findingsOf(rule, code);
    expect(others).toEqual([]);
    expect(finding?.fixes.map(({ safety }) => safety)).toEqual(["suggestion", "suggestion"]);
    expect(finding?.fixes.map(({ edits }) => applyEdits(code, edits).split("\n")[3])).toEqual([
      "    loss = mse + lam * np.abs(w).sum()",
      "    loss = lam * np.abs(w).sum()",
    ]);
    expect(finding?.message).toBe(
      "`np.abs(w).sum()` is here twice, alone and in `lam * np.abs(w).sum()`: the penalty counts itself 1 + λ times, and no data loss is left.",
    );
  });

  test.each([
    ["a penalty alone", "penalty = lam * np.abs(w).sum()"],
    ["a pure regularizer function", "def l1(w):\n    return np.abs(w).sum()"],
    ["a data loss and a penalty", "loss = np.mean((X @ w - y) ** 2) + lam * np.abs(w).sum()"],
    ["an elastic net", "reg = np.abs(w).sum() + lam * np.square(w).sum()"],
    ["an elastic net, both scaled", "reg = l1 * np.abs(w).sum() + l2 * np.square(w).sum()"],
    ["an L1 ratio", "reg = lam * np.abs(w).sum() + lam * (1 - ratio) * np.abs(w).sum()"],
    ["norms of different weights", "loss = np.abs(w1).sum() + lam * np.abs(w2).sum()"],
    ["the same array in two layers", "loss = np.abs(a.w).sum() + lam * np.abs(b.w).sum()"],
    ["different norms of one name", "loss = la.norm(w) + lam * la.norm(w) ** 2"],
    ["signed sums are no norms", "loss = w.sum() + lam * w.sum()"],
    ["vectors are no norms", "step = np.abs(w) + lam * np.abs(w)"],
    ["losses that are not known", "loss = criterion(w) + lam * criterion(w)"],
    ["a name that is no norm", "total = base + lam * base"],
    ["half-typed", "loss = np.abs(w).sum() + lam * np.abs(w).sum("],
    ["a difference", "gap = np.abs(w).sum() - lam * np.abs(w).sum()"],
  ])("stays silent: %s", (_name, code) => checkRule(rule, `${IMPORTS}${code}\n`));

  test("docs: `bad` fires once, fixing it gives `good`", () => {
    const { bad, good } = rule.docs;
    checkRule(rule, bad.replace("= np.abs(w).sum() ", "= «np.abs(w).sum()» "), good);
    checkRule(rule, good);
  });
});
