import { describe, expect, test } from "vitest";
import { pruneZeroesLargest as rule } from "../../../../server/src/rules/sparsity/prune-zeroes-largest.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const prune = (body: string) => `import numpy as np
import numpy as xp
import torch

def prune_weights(w, t):
    ${body.replaceAll("\n", "\n    ")}
    return w
`;

describe("prune-zeroes-largest", () => {
  test.each([
    ["boolean mask", "w[«np.abs(w) > t»] = 0", "w[np.abs(w) < t] = 0"],
    ["at least", "w[«np.abs(w) >= t»] = 0.0", "w[np.abs(w) < t] = 0.0"],
    ["threshold on the left", "w[«t < np.abs(w)»] = 0", "w[t > np.abs(w)] = 0"],
    ["alias, other spelling", "w[«xp.absolute(w) > t»] = 0", "w[xp.absolute(w) < t] = 0"],
    ["builtin abs", "w[«abs(w) > t»] = 0", "w[abs(w) < t] = 0"],
    ["where", "w = np.where(«np.abs(w) > t», 0, w)", "w = np.where(np.abs(w) < t, 0, w)"],
    [
      "where that keeps the small ones",
      "w = np.where(«np.abs(w) <= t», w, 0)",
      "w = np.where(np.abs(w) > t, w, 0)",
    ],
    [
      "PyTorch's where with a tensor of zeros",
      "w = torch.where(«w.abs() > t», torch.zeros_like(w), w)",
      "w = torch.where(w.abs() < t, torch.zeros_like(w), w)",
    ],
    ["masked_fill_", "w.masked_fill_(«w.abs() > t», 0)", "w.masked_fill_(w.abs() < t, 0)"],
    ["product with a mask", "w = w * («np.abs(w) < t»)", "w = w * (np.abs(w) >= t)"],
    ["mask as numbers", "w *= («w.abs() < t»).float()", "w *= (w.abs() >= t).float()"],
    ["raw tensor", "w.data.mul_(«w.abs() < t»)", "w.data.mul_(w.abs() >= t)"],
    [
      "mask under a name",
      "mask = «np.abs(w) > t»\nw[mask] = 0",
      "mask = np.abs(w) < t\nw[mask] = 0",
    ],
    [
      "mask under a name, inverted in use",
      "mask = «np.abs(w) < t»\nw[~mask] = 0",
      "mask = np.abs(w) >= t\nw[~mask] = 0",
    ],
    [
      "mask that is taken from 1",
      "mask = («np.abs(w) > t»).astype(float)\nw = w * (1 - mask)",
      "mask = (np.abs(w) < t).astype(float)\nw = w * (1 - mask)",
    ],
    [
      "sizes under a name",
      "size = np.abs(w)\nw[«size > np.quantile(size, 0.9)»] = 0",
      "size = np.abs(w)\nw[size < np.quantile(size, 0.9)] = 0",
    ],
    [
      "loop over entries",
      "for i in range(w.shape[0]):\n    for j in range(w.shape[1]):\n        if «np.abs(w[i, j]) >= t * m»:\n            w[i, j] = 0",
      "for i in range(w.shape[0]):\n    for j in range(w.shape[1]):\n        if np.abs(w[i, j]) < t * m:\n            w[i, j] = 0",
    ],
    [
      "else branch",
      "for i in range(len(w)):\n    if «abs(w[i]) < t»:\n        pass\n    else:\n        w[i] = 0",
      "for i in range(len(w)):\n    if abs(w[i]) >= t:\n        pass\n    else:\n        w[i] = 0",
    ],
    [
      "comprehension",
      "w = [0 if «abs(v) > t» else v for v in w]",
      "w = [0 if abs(v) < t else v for v in w]",
    ],
  ])("flips the comparison: %s", (_name, bad, good) => {
    checkRule(rule, prune(bad), prune(good));
    checkRule(rule, prune(good));
    expect(findingsOf(rule, prune(bad).replaceAll(/[«»]/g, ""))[0]?.fixes[0]?.safety).toBe("safe");
  });

  test("a variable named after sparsity is enough", () => {
    checkRule(rule, "import numpy as np\nsparse_w = np.where(«np.abs(w) > t», 0, w)\n");
  });

  test("leaves a shared comparison to the reader", () => {
    const code = prune("mask = np.abs(w) > t\nw[mask] = 0\nv = np.where(mask, w, 0)");
    expect(findingsOf(rule, code).map(({ fixes }) => fixes)).toEqual([[]]);
  });

  test.each([
    ["small ones are zeroed", prune("w[np.abs(w) < t] = 0")],
    ["small ones are zeroed by where", prune("w = np.where(np.abs(w) >= t, w, 0)")],
    ["a mask of what is kept", prune("mask = np.abs(w) > t\nw = w * mask")],
    ["a mask that is inverted", prune("mask = np.abs(w) > t\nw[~mask] = 0")],
    ["another array", prune("w[np.abs(v) > t] = 0")],
    ["gradients are masked", prune("grad[np.abs(grad) > t] = 0")],
    ["signed values", prune("w[w > t] = 0")],
    ["another value", prune("w[np.abs(w) > t] = t")],
    ["half-typed", prune("w[np.abs(w) > ] = 0")],
    [
      "outliers",
      "import numpy as np\ndef prune_outliers(w, t):\n    w[np.abs(w) > t] = 0\n    return w\n",
    ],
    [
      "clipping",
      "import numpy as np\ndef clip_weights(w, t):\n    w[np.abs(w) > t] = 0\n    return w\n",
    ],
    [
      "no talk of pruning",
      "import numpy as np\ndef f(w, t):\n    w[np.abs(w) > t] = 0\n    return w\n",
    ],
    [
      "retention, element by element",
      "import numpy as np\ndef retain_weights(W, t):\n    m = np.abs(W).max()\n    R = np.copy(W)\n    for i in range(W.shape[0]):\n        if np.abs(R[i]) < t * m:\n            R[i] = 0\n    return R\n",
    ],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test("docs: `bad` fires once, fixing it gives `good`", () => {
    const { bad, good } = rule.docs;
    checkRule(rule, bad.replace("np.abs(w) > t", "«np.abs(w) > t»"), good);
    checkRule(rule, good);
  });
});
