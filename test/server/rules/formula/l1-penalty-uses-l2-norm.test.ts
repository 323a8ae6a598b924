import { describe, expect, test } from "vitest";
import { l1PenaltyUsesL2Norm as rule } from "../../../../server/src/rules/formula/l1-penalty-uses-l2-norm.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const IMPORTS = [
  "import numpy as np",
  "import numpy.linalg as la",
  "import torch as t",
  "import tensorflow as tf",
  "import jax.numpy as jnp",
  "from numpy.linalg import norm as n",
  "",
].join("\n");

describe("l1-penalty-uses-l2-norm", () => {
  test.each([
    ["NumPy", "l1 = alpha * «np.linalg.norm(w)»", "l1 = alpha * np.abs(w).sum()"],
    ["JAX", "l1_reg = lam * «jnp.linalg.norm(w)»", "l1_reg = lam * jnp.abs(w).sum()"],
    ["PyTorch", "l1 = «sum(t.norm(p) for p in net.parameters())»", undefined],
    ["PyTorch on one tensor", "l1 = «t.norm(net.fc.weight)»", "l1 = t.norm(net.fc.weight, p=1)"],
    ["a method", "l1_reg = «net.fc.weight.norm()»", "l1_reg = net.fc.weight.norm(p=1)"],
    [
      "vector_norm",
      "lasso = «t.linalg.vector_norm(net.fc.weight)»",
      "lasso = t.linalg.vector_norm(net.fc.weight, ord=1)",
    ],
    ["torch.linalg", "l1 = «t.linalg.norm(net.fc.weight)»", "l1 = t.abs(net.fc.weight).sum()"],
    [
      "TensorFlow",
      "l1_penalty = «tf.norm(layer.kernel)»",
      "l1_penalty = tf.norm(layer.kernel, ord=1)",
    ],
    ["an import by name", "l1 = lam * «n(w)»", undefined],
    ["an alias of the module", "l1 = lam * «la.norm(w)»", undefined],
    [
      "a coefficient",
      "norms = «sum(t.norm(p) for p in net.parameters())»\nloss = ce(o, y) + l1_lambda * norms\nloss.backward()",
      undefined,
    ],
    [
      "a coefficient beside it",
      "loss = ce(o, y) + args.l1 * «net.fc.weight.norm()»",
      "loss = ce(o, y) + args.l1 * net.fc.weight.norm(p=1)",
    ],
    ["an explicit 2", "l1 = «t.norm(net.fc.weight, 2)»", undefined],
    ["squares", "l1_penalty = «np.sum(w ** 2)»", undefined],
    [
      "a class",
      "class L1Regularization:\n    def __call__(self, w):\n        return self.alpha * «np.linalg.norm(w)»",
      "class L1Regularization:\n    def __call__(self, w):\n        return self.alpha * np.abs(w).sum()",
    ],
    [
      "a function",
      "def lasso_penalty(w, lam):\n    return lam * «np.linalg.norm(w)»",
      "def lasso_penalty(w, lam):\n    return lam * np.abs(w).sum()",
    ],
  ])("reports %s", (_name, marked, fixed) => {
    checkRule(rule, IMPORTS + marked, fixed === undefined ? undefined : IMPORTS + fixed);
  });

  test.each([
    ["order 1", "l1 = np.linalg.norm(w, ord=1)"],
    ["order 1 by position", "l1 = t.norm(net.fc.weight, 1)"],
    ["absolute values", "l1 = np.abs(w).sum()"],
    ["an order that is not known", "l1 = np.linalg.norm(w, order)"],
    [
      "arguments that are not known",
      "l1 = np.linalg.norm(w, *rest)\nl1 = np.linalg.norm(w, **options)",
    ],
    ["the nuclear norm", "l1 = np.linalg.norm(w, ord='nuc')"],
    ["a group lasso", "l1 = t.norm(net.fc.weight, dim=0).sum()"],
    ["L2 by its name", "l2 = lam * np.linalg.norm(w)"],
    ["both by the name", "l1_l2 = lam * np.linalg.norm(w)"],
    ["a coefficient", "l1_lambda = np.linalg.norm(w)"],
    ["no weights", "l1_loss = np.linalg.norm(a - b)"],
    ["lengths of vectors", "l1 = np.linalg.norm(w1)\nl2 = np.linalg.norm(w2)"],
    ["a length", "l1 = np.linalg.norm(w)"],
    ["lengths of layers", "l1 = net.fc1.weight.norm()\nl2 = net.fc2.weight.norm()"],
    ["the L2 part of a mix", "loss = ce(o, y) + (1 - l1_ratio) * net.fc.weight.norm()"],
    [
      "a coefficient of another name",
      "l2 = net.fc.weight.norm()\nloss = ce(o, y) + l1_lambda * l2",
    ],
    ["half-typed", "l1 = alpha * np.linalg.norm(w"],
  ])("stays silent: %s", (_name, code) => checkRule(rule, IMPORTS + code));

  test("says what is computed", () => {
    const [finding] = findingsOf(rule, rule.docs.bad);
    expect(finding?.message).toBe("`l1` speaks of L1, but `np.linalg.norm(w)` is the 2-norm.");
    expect(finding?.fixes.map(({ safety }) => safety)).toEqual(["safe"]);
  });
});
