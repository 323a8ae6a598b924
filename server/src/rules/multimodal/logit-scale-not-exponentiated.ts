import { defineRule } from "../../engine/rule.ts";
import { mayLearnLogarithm } from "../../semantics/learned-scale.ts";

export const logitScaleNotExponentiated = defineRule({
  code: "NL702",
  name: "logit-scale-not-exponentiated",
  family: "multimodal",
  severity: "error",
  preview: false,
  mentions: [
    ["parameter(", "variable(", "add_weight(", "param("],
    ["@", "matmul", "\bmm\b", "einsum", "cosine_similarity", "cos_sim"],
    mayLearnLogarithm,
  ],
  on: "similarityLogits",
  docs: {
    language: "python",
    what: "Finds logits that are multiplied by a parameter which was initialised with a logarithm, without `exp`.",
    why: "The parameter is kept as log(1/τ) so that the scale stays positive. Used as it is, the logits are scaled by 2.66 instead of 14.3: the softmax stays nearly flat, and a step below zero turns matches into mismatches.",
    bad: [
      "import numpy as np",
      "import torch",
      "from torch import nn",
      "",
      "class Head(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.logit_scale = nn.Parameter(torch.ones([]) * np.log(1 / 0.07))",
      "",
      "    def forward(self, a, b):",
      "        return self.logit_scale * a @ b.t()",
      "",
    ].join("\n"),
    good: [
      "import numpy as np",
      "import torch",
      "from torch import nn",
      "",
      "class Head(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.logit_scale = nn.Parameter(torch.ones([]) * np.log(1 / 0.07))",
      "",
      "    def forward(self, a, b):",
      "        return self.logit_scale.exp() * a @ b.t()",
      "",
    ].join("\n"),
    limits:
      "The logarithm must stand in the class that uses the parameter. Silent where the class takes the exponential of the parameter anywhere.",
    references: ["Radford et al. 2021, arXiv:2103.00020, section 2.5"],
  },

  *check({ learned, product }, { document }) {
    if (product === undefined || learned === undefined) return;
    const { scale, parameter } = learned;
    if (!parameter.isLogarithm || parameter.isExponentiated || scale.isExponential) return;
    if (scale.operator !== "*") return;
    const { base } = scale;
    const shown = document.text.slice(base.span.start, base.span.end);
    yield {
      span: scale.node.span,
      message: `\`${shown}\` starts as a logarithm and scales these logits without \`exp\`.`,
      related: [{ span: parameter.value.span, message: "The logarithm." }],
      fixes: [
        {
          title: "Take the exponential",
          safety: "safe",
          edits: [{ span: { start: base.span.end, end: base.span.end }, newText: ".exp()" }],
        },
      ],
    };
  },
});
