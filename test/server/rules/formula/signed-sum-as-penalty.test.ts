import { describe, test } from "vitest";
import { signedSumAsPenalty as rule } from "../../../../server/src/rules/formula/signed-sum-as-penalty.ts";
import { checkRule } from "../../../support/check-rule.ts";

const IMPORTS =
  "import numpy as np\nimport torch\nimport torch.nn.functional as F\nimport jax.numpy as jnp\n";

describe("signed-sum-as-penalty", () => {
  test.each([
    [
      "a method",
      "loss = F.mse_loss(a, b) + lam * «net.fc.weight.sum()»",
      "loss = F.mse_loss(a, b) + lam * net.fc.weight.abs().sum()",
    ],
    [
      "a function",
      "loss = F.mse_loss(a, b) + 0.1 * «torch.sum(net.fc.weight)»",
      "loss = F.mse_loss(a, b) + 0.1 * torch.sum(torch.abs(net.fc.weight))",
    ],
    ["NumPy", "loss = mse + lam * «np.sum(w)»", "loss = mse + lam * np.sum(np.abs(w))"],
    ["an array's method", "loss = mse + lam * «w.sum()»", "loss = mse + lam * w.abs().sum()"],
    [
      "all parameters",
      "reg = «sum(p.sum() for p in net.parameters())»\nloss = F.mse_loss(a, b) + lam * reg\nloss.backward()",
      undefined,
    ],
    [
      "a loop",
      "l1 = 0\nfor p in net.parameters():\n    l1 += «p.sum()»\nloss = criterion(a, b) + l1_lambda * l1\nloss.backward()",
      "l1 = 0\nfor p in net.parameters():\n    l1 += p.abs().sum()\nloss = criterion(a, b) + l1_lambda * l1\nloss.backward()",
    ],
    [
      "a helper",
      "def l1(w):\n    return «w.sum()»\ndef f(net, x, y, lam):\n    loss = F.mse_loss(net(x), y) + lam * l1(net.fc.weight)\n    loss.backward()",
      undefined,
    ],
    ["a mean", "loss = F.mse_loss(a, b) + lam * «net.fc.weight.mean()»", undefined],
  ])("reports %s", (_name, marked, fixed) =>
    checkRule(rule, IMPORTS + marked, fixed === undefined ? undefined : IMPORTS + fixed),
  );

  test("an array without PyTorch has no method abs", () => {
    const imports = "import numpy as np\n";
    checkRule(
      rule,
      `${imports}loss = mse + lam * «w.sum()»`,
      `${imports}loss = mse + lam * abs(w).sum()`,
    );
  });

  test.each([
    ["absolute values", "loss = mse + lam * np.abs(w).sum()"],
    ["squares", "loss = mse + lam * (w ** 2).sum()"],
    ["softplus", "w = F.softplus(raw)\nloss = mse + lam * w.sum()"],
    [
      "a clamp after each step",
      "loss = mse + lam * w.sum()\nloss.backward()\nw.data.clamp_(min=0)",
    ],
    ["a rectifier", "loss = mse + lam * torch.relu(net.fc.weight).sum()"],
    ["an exponential", "loss = mse + lam * torch.exp(net.fc.weight).sum()"],
    ["probabilities", "w = torch.softmax(scores, 0)\nloss = mse + lam * w.sum()"],
    [
      "a tie to the graph",
      "loss = F.mse_loss(a, b) + 0.0 * sum(p.sum() for p in net.parameters())",
    ],
    ["a tie by a name", "zero = 0\nscale = 0.0\nloss = mse + scale * net.fc.weight.sum()"],
    ["no coefficient", "loss = mse + net.fc.weight.sum()"],
    ["no data", "loss = lam * w.sum()"],
    ["activations", "loss = mse + lam * hidden.sum()"],
    ["counted entries", "loss = mse + lam * (w > 0).sum()"],
    ["half-typed", "loss = mse + lam * w.sum("],
  ])("stays silent: %s", (_name, code) => checkRule(rule, IMPORTS + code));
});
