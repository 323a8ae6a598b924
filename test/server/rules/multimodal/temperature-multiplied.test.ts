import { describe, expect, test } from "vitest";
import { temperatureMultiplied as rule } from "../../../../server/src/rules/multimodal/temperature-multiplied.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const IMPORTS = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n";

describe("temperature-multiplied", () => {
  test.each([
    [
      "a constant",
      "temperature = 0.07\nlogits = a @ b.t() * «temperature»\nloss = F.cross_entropy(logits, y)",
      "temperature = 0.07\nlogits = a @ b.t() / temperature\nloss = F.cross_entropy(logits, y)",
    ],
    [
      "a default",
      "def loss(sim, tau=0.1):\n    return torch.softmax(sim * «tau», dim=-1)",
      "def loss(sim, tau=0.1):\n    return torch.softmax(sim / tau, dim=-1)",
    ],
    [
      "an attribute",
      "class A(nn.Module):\n    def __init__(self):\n        self.temp = 0.2\n\n    def forward(self, a, b):\n        return (a @ b.T * «self.temp»).softmax(-1)",
      "class A(nn.Module):\n    def __init__(self):\n        self.temp = 0.2\n\n    def forward(self, a, b):\n        return (a @ b.T / self.temp).softmax(-1)",
    ],
  ])("finds %s", (_name, bad, good) => checkRule(rule, IMPORTS + bad, IMPORTS + good));

  test.each(["0.07 * torch.ones([])", "torch.ones([]) * 0.07", "torch.tensor([0.07])"])(
    "finds a parameter that starts at %s",
    (start) =>
      checkRule(
        rule,
        `${IMPORTS}class A(nn.Module):\n    def __init__(self):\n        self.temp = nn.Parameter(${start})\n\n    def forward(self, a, b):\n        return (a @ b.T * «self.temp»).softmax(-1)`,
      ),
  );

  test("offers no edit where the temperature stands first", () => {
    const [finding] = findingsOf(
      rule,
      `${IMPORTS}temperature = 0.5\nloss = F.cross_entropy(temperature * (a @ b.t()), y)`,
    );
    expect(finding?.message).toBe(
      "These similarities are multiplied by `temperature` = 0.5, which flattens the softmax; a temperature divides.",
    );
    expect(finding?.fixes).toEqual([]);
  });

  test.each([
    ["divided", "temperature = 0.07\nloss = F.cross_entropy(a @ b.t() / temperature, y)"],
    ["above 1", "temperature = 20.0\nloss = F.cross_entropy(a @ b.t() * temperature, y)"],
    ["not in sight", "loss = F.cross_entropy(a @ b.t() * cfg.temperature, y)"],
    ["an inverse", "inv_temp = 0.5\nloss = F.cross_entropy(a @ b.t() * inv_temp, y)"],
    ["a scale", "temp_scale = 0.5\nloss = F.cross_entropy(a @ b.t() * temp_scale, y)"],
    ["exp of it", "temp = 0.5\nloss = F.cross_entropy(a @ b.t() * math.exp(temp), y)"],
    ["a distance", "tau = 0.5\np = torch.softmax(-dist * tau, dim=-1)"],
    ["no softmax", "temperature = 0.07\nlogits = a @ b.t() * temperature"],
    ["half-typed", "temperature = 0.07\nloss = F.cross_entropy(a @ b.t() *"],
  ])("stays silent: %s", (_name, body) => checkRule(rule, IMPORTS + body));

  test.each(["torch.ones(8, 1, 1)", "torch.zeros([])", "torch.ones([]) * start"])(
    "stays silent: a parameter that starts at %s",
    (start) =>
      checkRule(
        rule,
        `${IMPORTS}class A(nn.Module):\n    def __init__(self, start):\n        self.temp = nn.Parameter(${start})\n\n    def forward(self, a, b):\n        return (a @ b.T * self.temp).softmax(-1)`,
      ),
  );
});
