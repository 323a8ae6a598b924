import { describe, expect, test } from "vitest";
import { pruneAmountIsCount as rule } from "../../../../server/src/rules/sparsity/prune-amount-is-count.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const code = (body: string) => `from torch.nn.utils import prune\n${body}`;

describe("prune-amount-is-count", () => {
  test.each([
    [
      "keyword",
      "prune.l1_unstructured(m, 'weight', «amount=50»)",
      "prune.l1_unstructured(m, 'weight', amount=0.5)",
    ],
    [
      "position",
      "prune.random_unstructured(m, 'weight', «30»)",
      "prune.random_unstructured(m, 'weight', 0.3)",
    ],
    [
      "global",
      "prune.global_unstructured(ps, pruning_method=prune.L1Unstructured, «amount=20»)",
      "prune.global_unstructured(ps, pruning_method=prune.L1Unstructured, amount=0.2)",
    ],
    [
      "channels",
      "prune.ln_structured(m, 'weight', «amount=40», n=2, dim=0)",
      "prune.ln_structured(m, 'weight', amount=0.4, n=2, dim=0)",
    ],
    [
      "a name",
      "amount = 50\nprune.l1_unstructured(m, 'weight', «amount»)",
      "amount = 0.5\nprune.l1_unstructured(m, 'weight', amount)",
    ],
    ["a class", "prune.L1Unstructured(«amount=50»)", "prune.L1Unstructured(amount=0.5)"],
    [
      "everything",
      "prune.l1_unstructured(m, 'weight', «amount=100»)",
      "prune.l1_unstructured(m, 'weight', amount=1.0)",
    ],
    [
      "more than there is",
      "prune.l1_unstructured(m, 'weight', «amount=30.0»)",
      "prune.l1_unstructured(m, 'weight', amount=0.3)",
    ],
  ])("takes it as a share: %s", (_name, bad, good) => {
    checkRule(rule, code(bad), code(good));
    checkRule(rule, code(good));
  });

  test("an alias, in a method", () => {
    checkRule(
      rule,
      "import torch.nn.utils.prune as p\nclass T:\n    def f(self):\n        p.l1_unstructured(self.m, 'weight', «amount=50»)",
    );
  });

  test.each([
    ["a share", "prune.l1_unstructured(m, 'weight', amount=0.5)"],
    ["one", "prune.l1_unstructured(m, 'weight', amount=1)"],
    ["a large count", "prune.l1_unstructured(m, 'weight', amount=1000)"],
    ["a count by name", "n_weights = 50\nprune.l1_unstructured(m, 'weight', amount=n_weights)"],
    ["a few channels", "prune.ln_structured(m, 'weight', amount=2, n=2, dim=0)"],
    ["unknown", "prune.l1_unstructured(m, 'weight', amount=a)"],
    ["a splat", "prune.l1_unstructured(*a, **o)"],
  ])("stays silent: %s", (_name, body) => checkRule(rule, code(body)));

  test("stays silent on another library", () => {
    checkRule(rule, "from mine import prune\nprune.l1_unstructured(m, 'weight', amount=50)");
  });

  test("is total on half-typed code", () => {
    expect(() => findingsOf(rule, code("prune.l1_unstructured(m, amount="))).not.toThrow();
  });
});
