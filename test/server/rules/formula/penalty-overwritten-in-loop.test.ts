import { describe, test } from "vitest";
import { penaltyOverwrittenInLoop as rule } from "../../../../server/src/rules/formula/penalty-overwritten-in-loop.ts";
import { checkRule } from "../../../support/check-rule.ts";

const IMPORTS =
  "import torch\nimport torch.nn as nn\nimport tensorflow as tf\nimport numpy as np\n";
const LOSS = "\nloss = ce(o, y) + lam * reg\nloss.backward()\n";

describe("penalty-overwritten-in-loop", () => {
  test.each([
    [
      "over parameters",
      `reg = 0\nfor p in net.parameters():\n    «reg» = p.pow(2).sum()${LOSS}`,
      `reg = 0\nfor p in net.parameters():\n    reg = reg + p.pow(2).sum()${LOSS}`,
    ],
    [
      "over names and parameters, from a tensor",
      `reg = torch.tensor(0.)\nfor name, p in net.named_parameters():\n    if 'weight' in name:\n        «reg» = 0.5 * torch.norm(p, 1)${LOSS}`,
      `reg = torch.tensor(0.)\nfor name, p in net.named_parameters():\n    if 'weight' in name:\n        reg = reg + 0.5 * torch.norm(p, 1)${LOSS}`,
    ],
    [
      "over modules, without a start",
      `for m in net.modules():\n    if isinstance(m, nn.Linear):\n        «reg» = m.weight.abs().sum()${LOSS}`,
      `reg = 0\nfor m in net.modules():\n    if isinstance(m, nn.Linear):\n        reg = reg + m.weight.abs().sum()${LOSS}`,
    ],
    [
      "over the weights of Keras",
      `for v in model.trainable_variables:\n    «reg» = tf.nn.l2_loss(v)${LOSS}`,
      `reg = 0\nfor v in model.trainable_variables:\n    reg = reg + tf.nn.l2_loss(v)${LOSS}`,
    ],
    [
      "in a function",
      "def l2(net):\n    total = 0.0\n    for p in net.parameters():\n        «total» = (p ** 2).sum()\n    return total\n",
      "def l2(net):\n    total = 0.0\n    for p in net.parameters():\n        total = total + (p ** 2).sum()\n    return total\n",
    ],
  ])("reports a loop %s", (_name, marked, fixed) =>
    checkRule(rule, IMPORTS + marked, IMPORTS + fixed),
  );

  test.each([
    ["added up", `reg = 0\nfor p in net.parameters():\n    reg += p.pow(2).sum()${LOSS}`],
    ["added by hand", `reg = 0\nfor p in net.parameters():\n    reg = reg + p.pow(2).sum()${LOSS}`],
    [
      "added in the round",
      `total = 0\nfor p in net.parameters():\n    reg = p.pow(2).sum()\n    total += reg\nprint(reg)`,
    ],
    [
      "printed in the round",
      "for p in net.parameters():\n    reg = p.norm()\n    print(reg)\nprint(reg)",
    ],
    ["never used after", "for p in net.parameters():\n    reg = p.norm()"],
    ["appended", `norms = []\nfor p in net.parameters():\n    norms.append(p.norm())`],
    [
      "kept by name",
      "regs = {}\nfor n, p in net.named_parameters():\n    regs[n] = p.norm()\nprint(regs)",
    ],
    ["an early end", `for p in net.parameters():\n    reg = p.norm()\n    break${LOSS}`],
    [
      "one that is chosen",
      `for n, p in net.named_parameters():\n    if n == 'fc.weight':\n        reg = p.norm()${LOSS}`,
    ],
    ["assigned anew after", `for p in net.parameters():\n    reg = p.norm()\nreg = 0${LOSS}`],
    ["no weights", `for x in batches:\n    reg = x.norm()${LOSS}`],
    ["a loop over epochs", `for epoch in range(3):\n    reg = net.fc.weight.norm()${LOSS}`],
    ["half-typed", "for p in net.parameters():\n    reg = p.norm(\nloss = ce + reg"],
  ])("stays silent: %s", (_name, code) => checkRule(rule, IMPORTS + code));
});
