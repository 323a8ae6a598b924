import { describe, test } from "vitest";
import { sumReductionWithFixedLambda as rule } from "../../../../server/src/rules/scale/sum-reduction-with-fixed-lambda.ts";
import { checkRule } from "../../../support/check-rule.ts";

const IMPORTS =
  "import torch\nfrom torch import nn\nimport torch.nn.functional as F\nloader = torch.utils.data.DataLoader(data, batch_size=64)\n";

describe("sum-reduction-with-fixed-lambda", () => {
  test.each([
    [
      "a function",
      "loss = «F.cross_entropy(o, y, reduction='sum')» + 1e-4 * l2(net)\nloss.backward()",
      "loss = F.cross_entropy(o, y, reduction='mean') + 1e-4 * l2(net)\nloss.backward()",
    ],
    [
      "a module",
      "ce = nn.CrossEntropyLoss(reduction='sum')\nloss = «ce(o, y)» + 1e-4 * l2(net)",
      "ce = nn.CrossEntropyLoss(reduction='mean')\nloss = ce(o, y) + 1e-4 * l2(net)",
    ],
    [
      "an attribute",
      "class M:\n    def __init__(self):\n        self.ce = nn.CrossEntropyLoss(reduction='sum')\n    def training_step(self, b, i):\n        return «self.ce(self(b), b)» + 0.001 * self.fc.weight.abs().sum()",
      undefined,
    ],
    [
      "a sum of its own",
      "lam = 1e-3\nloss = «F.mse_loss(o, y, reduction='none')».sum() + lam * l2(net)",
      undefined,
    ],
  ])("reports %s", (_name, marked, fixed) =>
    checkRule(rule, IMPORTS + marked, fixed === undefined ? undefined : IMPORTS + fixed),
  );

  test.each([
    ["a mean", "loss = F.cross_entropy(o, y) + 1e-4 * l2(net)"],
    ["divided", "loss = F.cross_entropy(o, y, reduction='sum') / 64 + 1e-4 * l2(net)"],
    [
      "divided later",
      "loss = F.cross_entropy(o, y, reduction='sum') + 1e-4 * l2(net)\nloss = loss / len(x)\nloss.backward()",
    ],
    ["a larger coefficient", "loss = F.cross_entropy(o, y, reduction='sum') + 0.5 * l2(net)"],
    [
      "a coefficient that is not known",
      "loss = F.cross_entropy(o, y, reduction='sum') + lam * l2(net)",
    ],
    ["no penalty", "loss = F.cross_entropy(o, y, reduction='sum')"],
    [
      "a variational model",
      "vae = VAE()\nloss = F.cross_entropy(o, y, reduction='sum') + 1e-4 * l2(net)",
    ],
    ["half-typed", "loss = F.cross_entropy(o, y, reduction='sum') + 1e-4 * l2(net"],
  ])("stays silent: %s", (_name, code) => checkRule(rule, IMPORTS + code));

  test("stays silent: a small batch, or none in sight", () => {
    const code =
      "import torch.nn.functional as F\nloss = F.cross_entropy(o, y, reduction='sum') + 1e-4 * l2(net)";
    checkRule(rule, code);
    checkRule(rule, `${code}\nloader = DataLoader(data, batch_size=4)`);
  });
});
