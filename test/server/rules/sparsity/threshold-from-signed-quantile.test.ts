import { describe, test } from "vitest";
import { thresholdFromSignedQuantile as rule } from "../../../../server/src/rules/sparsity/threshold-from-signed-quantile.ts";
import { checkRule } from "../../../support/check-rule.ts";

const np = (body: string) => `import numpy as np\nimport torch\n${body}\n`;

describe("threshold-from-signed-quantile", () => {
  test.each([
    [
      "quantile",
      "t = «np.quantile(w, 0.5)»\nw[np.abs(w) < t] = 0",
      "t = np.quantile(np.abs(w), 0.5)\nw[np.abs(w) < t] = 0",
    ],
    [
      "percentile, in place",
      "w[np.abs(w) < «np.percentile(w, 50)»] = 0",
      "w[np.abs(w) < np.percentile(np.abs(w), 50)] = 0",
    ],
    [
      "flattened",
      "t = «np.quantile(w.flatten(), 0.5)»\nw[np.abs(w) < t] = 0",
      "t = np.quantile(np.abs(w.flatten()), 0.5)\nw[np.abs(w) < t] = 0",
    ],
    [
      "torch",
      "t = «torch.quantile(w, 0.5)»\nw[w.abs() < t] = 0",
      "t = torch.quantile(w.abs(), 0.5)\nw[w.abs() < t] = 0",
    ],
    [
      "a method",
      "t = «w.quantile(0.5)»\nw[torch.abs(w) < t] = 0",
      "t = torch.abs(w).quantile(0.5)\nw[torch.abs(w) < t] = 0",
    ],
    [
      "where",
      "t = «np.median(w)»\nw = np.where(abs(w) < t, 0, w)",
      "t = np.median(abs(w))\nw = np.where(abs(w) < t, 0, w)",
    ],
    [
      "in a function",
      "def prune(w):\n    t = «np.quantile(w, 0.5)»\n    w[np.abs(w) < t] = 0",
      "def prune(w):\n    t = np.quantile(np.abs(w), 0.5)\n    w[np.abs(w) < t] = 0",
    ],
  ])("takes the sizes: %s", (_name, bad, good) => {
    checkRule(rule, np(bad), np(good));
    checkRule(rule, np(good));
  });

  test.each([
    ["already of sizes", "t = np.quantile(np.abs(w), 0.5)\nw[np.abs(w) < t] = 0"],
    ["sizes under a name", "a = np.abs(w)\nt = np.quantile(a, 0.5)\nw[a < t] = 0"],
    ["another array", "t = np.quantile(v, 0.5)\nw[np.abs(w) < t] = 0"],
    ["signed on both sides", "t = np.quantile(w, 0.5)\nw[w < t] = 0"],
    ["a number", "t = 0.1\nw[np.abs(w) < t] = 0"],
    ["a parameter", "def f(w, t):\n    w[np.abs(w) < t] = 0"],
    ["half-typed", "t = np.quantile(w,\nw[np.abs(w) < t] = 0"],
  ])("stays silent: %s", (_name, code) => checkRule(rule, np(code)));
});
