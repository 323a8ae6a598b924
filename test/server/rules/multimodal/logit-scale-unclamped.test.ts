import { describe, expect, test } from "vitest";
import { logitScaleUnclamped as rule } from "../../../../server/src/rules/multimodal/logit-scale-unclamped.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const code = (
  loop: string,
  parts: { readonly forward?: string; readonly attributes?: string; readonly marks?: boolean } = {},
) => {
  const parameter = "nn.Parameter(torch.tensor(2.66))";
  return `import torch
from torch import nn

class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.logit_scale = ${parts.marks === true ? `«${parameter}»` : parameter}
        ${parts.attributes ?? "self.width = 4"}

    def forward(self, a, b):
        return ${parts.forward ?? "self.logit_scale.exp() * a @ b.t()"}

head = Head().to(device)
for a, b in loader:
    loss = criterion(head(a, b))
    ${loop.replaceAll("\n", "\n    ")}
`;
};
const STEP = "loss.backward()\noptimizer.step()";

describe("logit-scale-unclamped", () => {
  test("marks the parameter and offers the clamp", () => {
    checkRule(
      rule,
      code(STEP, { marks: true }),
      code(`${STEP}\nwith torch.no_grad():\n    head.logit_scale.clamp_(0, 4.6052)  # log(100)`),
    );
    expect(findingsOf(rule, code(STEP))[0]?.related).toHaveLength(1);
  });

  test.each([
    ["clamped after the step", code(`${STEP}\nhead.logit_scale.data.clamp_(0, 4.6)`)],
    [
      "clamped by a function",
      code(`${STEP}\nhead.logit_scale.data = torch.clamp(head.logit_scale.data, 0, 4.6)`),
    ],
    [
      "clamped in the model",
      code(STEP, { forward: "self.logit_scale.exp().clamp(max=100) * a @ b.t()" }),
    ],
    ["no training here", code("pass")],
    [
      "a sigmoid loss",
      code(STEP, { attributes: "self.logit_bias = nn.Parameter(torch.zeros(1))" }),
    ],
    ["no exponential", code(STEP, { forward: "self.logit_scale * a @ b.t()" })],
    ["no similarities", code(STEP, { forward: "self.logit_scale.exp() * a" })],
    ["half-typed", code(STEP, { forward: "self.logit_scale.exp() * a @ b.t(" })],
  ])("stays silent: %s", (_name, text) => checkRule(rule, text));
});
