import { describe, expect, test } from "vitest";
import { distillationKlScaling as rule } from "../../../../server/src/rules/multimodal/distillation-kl-scaling.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const IMPORTS = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as fn\n";

describe("distillation-kl-scaling", () => {
  test.each([
    [
      "the default reduction",
      "l = «fn.kl_div(s.log_softmax(1), t.softmax(1))»",
      'l = fn.kl_div(s.log_softmax(1), t.softmax(1), reduction="batchmean")',
    ],
    [
      "a loss object",
      "kl = nn.KLDivLoss()\nl = «kl(fn.log_softmax(s, 1), t)»",
      'kl = nn.KLDivLoss(reduction="batchmean")\nl = kl(fn.log_softmax(s, 1), t)',
    ],
    [
      "a temperature without its square",
      "T = 2.0\nl = «fn.kl_div(fn.log_softmax(s / T, 1), fn.softmax(t / T, 1), reduction='batchmean')»",
      "T = 2.0\nl = fn.kl_div(fn.log_softmax(s / T, 1), fn.softmax(t / T, 1), reduction='batchmean') * T ** 2",
    ],
    [
      "both, in a method",
      "class A:\n    def f(self, s, t, tau=3.0):\n        return «fn.kl_div(fn.log_softmax(s / tau, 1), fn.softmax(t / tau, 1))»",
      'class A:\n    def f(self, s, t, tau=3.0):\n        return fn.kl_div(fn.log_softmax(s / tau, 1), fn.softmax(t / tau, 1), reduction="batchmean") * tau ** 2',
    ],
    [
      "probabilities",
      "l = fn.kl_div(«fn.softmax(s, 1)», t, reduction='batchmean')",
      "l = fn.kl_div(fn.log_softmax(s, 1), t, reduction='batchmean')",
    ],
  ])("finds %s", (_name, bad, good) => checkRule(rule, IMPORTS + bad, IMPORTS + good));

  test("says how much is lost", () => {
    const [finding] = findingsOf(
      rule,
      `${IMPORTS}T = 4.0\nl = fn.kl_div(fn.log_softmax(s / T, 1), t, reduction='batchmean')`,
    );
    expect(finding?.message).toBe(
      "The gradient of T = 4 is 1/T² = 0.063 of that at T = 1: this term weighs less than its factor says.",
    );
  });

  test.each([
    ["a written mean", "l = fn.kl_div(fn.log_softmax(s, 1), t, reduction='mean')"],
    ["reduced by hand", "l = fn.kl_div(fn.log_softmax(s, 1), t, reduction='none').sum(1).mean()"],
    ["by position", "l = fn.kl_div(fn.log_softmax(s, 1), t, None, None, 'batchmean')"],
    ["an old argument", "l = fn.kl_div(fn.log_softmax(s, 1), t, size_average=False)"],
    ["options", "l = fn.kl_div(fn.log_softmax(s, 1), t, **options)"],
    [
      "the square",
      "T = 2.0\nl = fn.kl_div(fn.log_softmax(s / T, 1), t, reduction='batchmean') * T * T",
    ],
    [
      "the square as a number",
      "T = 2.0\nl = 4.0 * fn.kl_div(fn.log_softmax(s / T, 1), t, reduction='batchmean')",
    ],
    ["T = 1", "T = 1.0\nl = fn.kl_div(fn.log_softmax(s / T, 1), t, reduction='batchmean')"],
    [
      "a temperature that is not in sight",
      "l = fn.kl_div(fn.log_softmax(s / cfg.T, 1), t, reduction='batchmean')",
    ],
    ["an input from elsewhere", "l = fn.kl_div(logp, t, reduction='batchmean')"],
    ["half-typed", "l = fn.kl_div(fn.log_softmax(s, 1), "],
  ])("stays silent: %s", (_name, body) => checkRule(rule, IMPORTS + body));
});
