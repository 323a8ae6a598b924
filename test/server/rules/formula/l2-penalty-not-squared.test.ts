import { describe, test } from "vitest";
import { l2PenaltyNotSquared as rule } from "../../../../server/src/rules/formula/l2-penalty-not-squared.ts";
import { checkRule } from "../../../support/check-rule.ts";

const IMPORTS = "import numpy as np\nimport torch\nimport torch.nn.functional as F\n";
const LOSS = "\nloss = F.mse_loss(a, b) + lam * l2\nloss.backward()\n";

describe("l2-penalty-not-squared", () => {
  test.each([
    [
      "over all parameters",
      `l2 = «sum(torch.norm(p) for p in net.parameters())»${LOSS}`,
      `l2 = sum(torch.norm(p) ** 2 for p in net.parameters())${LOSS}`,
    ],
    [
      "in a loop",
      `l2 = 0\nfor p in net.parameters():\n    l2 += «p.norm(2)»${LOSS}`,
      `l2 = 0\nfor p in net.parameters():\n    l2 += p.norm(2) ** 2${LOSS}`,
    ],
    [
      "in a function",
      "def l2_penalty(w):\n    return «np.linalg.norm(w)»\n",
      "def l2_penalty(w):\n    return np.linalg.norm(w) ** 2\n",
    ],
    [
      "by keyword",
      `l2 = «net.fc.weight.norm(p=2)»${LOSS}`,
      `l2 = net.fc.weight.norm(p=2) ** 2${LOSS}`,
    ],
  ])("reports a norm %s", (_name, marked, fixed) =>
    checkRule(rule, IMPORTS + marked, IMPORTS + fixed),
  );

  test.each([
    ["squared", `l2 = sum(torch.norm(p) ** 2 for p in net.parameters())${LOSS}`],
    [
      "squared later",
      "l2 = net.fc.weight.norm()\nloss = F.mse_loss(a, b) + lam * l2 ** 2\nloss.backward()",
    ],
    ["clipping", "l2_norm = sum(p.norm() for p in net.parameters())\nif l2_norm > 3:\n    clip()"],
    ["a function that says norm", "def l2_norm(w):\n    return np.linalg.norm(w)"],
    [
      "another name",
      `reg = sum(torch.norm(p) for p in net.parameters())\nloss = F.mse_loss(a, b) + reg`,
    ],
    ["rows", `l2 = torch.norm(net.fc.weight, dim=1).sum()${LOSS}`],
    ["kept from zero", `l2 = torch.sqrt(net.fc.weight.pow(2).sum() + eps)${LOSS}`],
    ["a coefficient", "l2_lambda = np.linalg.norm(w)"],
    ["unknown arguments", `l2 = torch.norm(net.fc.weight, **how)${LOSS}`],
    ["half-typed", "l2 = torch.norm(net.fc.weight\nloss = mse + l2"],
  ])("stays silent: %s", (_name, code) => checkRule(rule, IMPORTS + code));
});
