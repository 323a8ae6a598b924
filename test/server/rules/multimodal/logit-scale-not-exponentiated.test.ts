import { describe, test } from "vitest";
import { logitScaleNotExponentiated as rule } from "../../../../server/src/rules/multimodal/logit-scale-not-exponentiated.ts";
import { checkRule } from "../../../support/check-rule.ts";

const model = (parameter: string, body: string) => `import math
import numpy as np
import torch
import torch.nn as nn

class Head(nn.Module):
    def __init__(self, initial=2.66):
        super().__init__()
        self.scale = ${parameter}

    def forward(self, a, b):
        ${body.replaceAll("\n", "\n        ")}
`;
const LOG = "nn.Parameter(torch.ones([]) * np.log(1 / 0.07))";

describe("logit-scale-not-exponentiated", () => {
  test.each([
    [LOG, "return «self.scale» * a @ b.t()", "return self.scale.exp() * a @ b.t()"],
    [
      "nn.Parameter(torch.tensor(math.log(100.0)))",
      "logits = a @ b.t()\nreturn logits * «self.scale»",
      "logits = a @ b.t()\nreturn logits * self.scale.exp()",
    ],
    [
      "torch.nn.Parameter(data=torch.log(torch.tensor(14.3)))",
      "s = self.scale\nreturn «s» * torch.matmul(a, b.T)",
      "s = self.scale.exp()\nreturn s * torch.matmul(a, b.T)",
    ],
  ])("finds %s", (parameter, bad, good) =>
    checkRule(rule, model(parameter, bad), model(parameter, good)),
  );

  test.each([
    ["exp", LOG, "return self.scale.exp() * a @ b.t()"],
    ["exp under a name", LOG, "s = self.scale.exp()\nreturn s * a @ b.t()"],
    ["torch.exp", LOG, "return torch.exp(self.scale) * (a @ b.t())"],
    [
      "clamped, then exp",
      LOG,
      "s = torch.clamp(self.scale, max=4.6).exp()\nreturn (a @ b.t()) * s",
    ],
    [
      "exp elsewhere in the class",
      LOG,
      "self.value = self.scale.exp()\nreturn self.scale * a @ b.t()",
    ],
    ["no logarithm", "nn.Parameter(torch.tensor(14.3))", "return self.scale * a @ b.t()"],
    ["a plain number", "math.log(14.3)", "return self.scale * a @ b.t()"],
    [
      "frozen",
      "nn.Parameter(torch.tensor(math.log(9)), requires_grad=False)",
      "return self.scale * a @ b.t()",
    ],
    ["no similarities", LOG, "return self.scale * a"],
    ["half-typed", LOG, "return self.scale * a @ b.t("],
  ])("stays silent: %s", (_name, parameter, body) => checkRule(rule, model(parameter, body)));
});
