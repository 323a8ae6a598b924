import { describe, test } from "vitest";
import { mixedReductionsInMultiTermLoss as rule } from "../../../../server/src/rules/multimodal/mixed-reductions-in-multi-term-loss.ts";
import { checkRule } from "../../../support/check-rule.ts";

const IMPORTS =
  "import torch.nn as nn\nimport torch.nn.functional as f\nfrom torch.nn.functional import mse_loss as m\nfrom tensorflow import keras\n";

describe("mixed-reductions-in-multi-term-loss", () => {
  test.each([
    [
      "functions",
      "loss = m(a, b) + «f.binary_cross_entropy(p, q, reduction='sum')»",
      "loss = m(a, b) + f.binary_cross_entropy(p, q, reduction='mean')",
    ],
    [
      "modules",
      'ce = nn.CrossEntropyLoss()\nl1 = nn.L1Loss(reduction="sum")\nloss = ce(a, b) + 0.5 * «l1(p, q)»\nloss.backward()',
      'ce = nn.CrossEntropyLoss()\nl1 = nn.L1Loss(reduction="mean")\nloss = ce(a, b) + 0.5 * l1(p, q)\nloss.backward()',
    ],
    [
      "names",
      "text_loss = f.cross_entropy(a, b)\nimage_loss = «f.mse_loss(p, q, reduction='sum')»\nloss = text_loss + alpha * image_loss\nloss.backward()",
      undefined,
    ],
    [
      "attributes",
      "class M:\n    def __init__(self):\n        self.a = nn.MSELoss()\n        self.b = nn.MSELoss(reduction='sum')\n    def training_step(self, x, i):\n        return self.a(x, x) + «self.b(x, x)»",
      undefined,
    ],
    [
      "Keras",
      "a_loss = keras.losses.MeanSquaredError()\nb_loss = keras.losses.MeanSquaredError(reduction='sum')\nloss = a_loss(y, p) + «b_loss(y, q)»",
      undefined,
    ],
    ["a sum by hand", "loss = m(a, b) + «f.mse_loss(p, q, reduction='none')».sum()", undefined],
  ])("reports %s", (_name, marked, fixed) =>
    checkRule(rule, IMPORTS + marked, fixed === undefined ? undefined : IMPORTS + fixed),
  );

  test.each([
    ["two means", "loss = m(a, b) + f.cross_entropy(p, q)"],
    ["two sums", "loss = m(a, b, reduction='sum') + f.cross_entropy(p, q, reduction='sum')"],
    ["divided", "loss = m(a, b) + f.mse_loss(p, q, reduction='sum') / len(p)"],
    ["divided before", "s = f.mse_loss(p, q, reduction='sum') / p.size(0)\nloss = m(a, b) + s"],
    [
      "a coefficient of the batch",
      "loss = m(a, b) + inv_batch * f.mse_loss(p, q, reduction='sum')",
    ],
    [
      "a coefficient that is computed",
      "loss = m(a, b) + (1 / n) * f.mse_loss(p, q, reduction='sum')",
    ],
    ["a mean that is summed up", "loss = batch_size * m(a, b) + f.mse_loss(p, q, reduction='sum')"],
    ["a variational model", "vae = V()\nloss = m(a, b) + f.mse_loss(p, q, reduction='sum')"],
    [
      "another branch",
      "if summed:\n    loss = f.mse_loss(p, q, reduction='sum')\nelse:\n    loss = m(a, b)\nloss.backward()",
    ],
    ["reductions that are not known", "loss = m(a, b) + f.mse_loss(p, q, reduction=how)"],
    ["options that are not known", "loss = m(a, b, **how) + f.mse_loss(p, q, reduction='sum')"],
    ["the old arguments", "loss = m(a, b, size_average=False) + f.mse_loss(p, q, reduction='sum')"],
    ["half-typed", "loss = m(a, b) + f.mse_loss(p, q, reduction='sum'"],
  ])("stays silent: %s", (_name, code) => checkRule(rule, IMPORTS + code));
});
