import { defineRule, type Fix } from "../../engine/rule.ts";
import type { SimilarityLogitsFact } from "../../facts/similarity-logits.ts";
import { ownAttributes } from "../../semantics/model-view.ts";

export const logitScaleUnclamped = defineRule({
  code: "NL703",
  name: "logit-scale-unclamped",
  family: "multimodal",
  severity: "information",
  preview: false,
  mentions: [["parameter"], ["exp"], ["backward"], ["step"]],
  on: "similarityLogits",
  docs: {
    language: "python",
    what: "Finds a learned log-scale of contrastive logits that nothing keeps below a bound while it trains.",
    why: "The loss of items that already match falls with any larger scale, so the scale keeps growing: logits overflow in half precision, and a few hard negatives carry the whole gradient. CLIP clips the scale at 100.",
    bad: [
      "import torch",
      "import torch.nn.functional as F",
      "from torch import nn",
      "",
      "class Head(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.logit_scale = nn.Parameter(torch.tensor(2.66))",
      "",
      "    def forward(self, a, b):",
      "        return self.logit_scale.exp() * F.normalize(a, dim=-1) @ F.normalize(b, dim=-1).t()",
      "",
      "def train(head, opt, a, b, labels):",
      "    loss = F.cross_entropy(head(a, b), labels)",
      "    loss.backward()",
      "    opt.step()",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "import torch.nn.functional as F",
      "from torch import nn",
      "",
      "class Head(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.logit_scale = nn.Parameter(torch.tensor(2.66))",
      "",
      "    def forward(self, a, b):",
      "        return self.logit_scale.exp() * F.normalize(a, dim=-1) @ F.normalize(b, dim=-1).t()",
      "",
      "def train(head, opt, a, b, labels):",
      "    loss = F.cross_entropy(head(a, b), labels)",
      "    loss.backward()",
      "    opt.step()",
      "    with torch.no_grad():",
      "        head.logit_scale.clamp_(0, 4.6052)",
      "",
    ].join("\n"),
    limits:
      "Speaks only where the model and the optimizer step stand in one file. Any clamp of the parameter, in the model or in the loop, is taken as the bound, and a scale with a learned bias is that of a sigmoid loss and left alone.",
    references: ["Radford et al. 2021, arXiv:2103.00020, section 2.5"],
  },

  *check({ learned, product, owner, step, instance }, { document }) {
    if (learned === undefined || product === undefined || owner === undefined) return;
    const { scale, parameter } = learned;
    if (step === undefined || !scale.isExponential) return;
    if (scale.isBounded || parameter.isBounded) return;
    if (ownAttributes(owner).some(({ name }) => /bias/i.test(name))) return;
    yield {
      span: parameter.value.span,
      message: `Nothing keeps \`${parameter.name}\` below a bound: exp of it grows as long as that lowers the loss.`,
      related: [{ span: step.span, message: "The step after which it could be clamped." }],
      fixes:
        instance === undefined
          ? []
          : [clampFix(step, `${instance}.${parameter.name}`, document.text)],
    };
  },
});

function clampFix(
  step: NonNullable<SimilarityLogitsFact["step"]>,
  path: string,
  text: string,
): Fix {
  const { start, end } = step.span;
  const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? "";
  const lines = ["with torch.no_grad():", `    ${path}.clamp_(0, 4.6052)  # log(100)`];
  return {
    title: "Clamp the scale at 100 after the step",
    safety: "suggestion",
    edits: [
      {
        span: { start: end, end },
        newText: lines.map((line) => `\n${indent}${line}`).join(""),
      },
    ],
  };
}
