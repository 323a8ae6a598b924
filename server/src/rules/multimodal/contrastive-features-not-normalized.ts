import { defineRule, type Fix } from "../../engine/rule.ts";
import type { SimilarityLogitsFact } from "../../facts/similarity-logits.ts";
import { mayMatchRows } from "../../semantics/softmax-calls.ts";
import type { Expression } from "../../syntax/python/ast.ts";

export const contrastiveFeaturesNotNormalized = defineRule({
  code: "NL701",
  name: "contrastive-features-not-normalized",
  family: "multimodal",
  severity: "warning",
  preview: false,
  mentions: [
    ["arange"],
    ["cross_entropy", "crossentropyloss"],
    ["@", "matmul", "\bmm\b", "einsum"],
    mayMatchRows,
  ],
  on: "similarityLogits",
  docs: {
    language: "python",
    what: "Finds a contrastive loss with a temperature whose features are inner products of rows of any length.",
    why: "A temperature is chosen for cosines, which lie in [−1, 1]. Without normalisation the loss is lowered by making features longer instead of turning them, common items win by their length, and weight decay works against the loss.",
    bad: [
      "import torch",
      "import torch.nn.functional as F",
      "from torch import nn",
      "",
      "class TwoTowers(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.image = nn.Linear(512, 64)",
      "        self.text = nn.Linear(256, 64)",
      "",
      "    def loss(self, images, texts):",
      "        img = self.image(images)",
      "        txt = self.text(texts)",
      "        logits = img @ txt.t() / 0.07",
      "        labels = torch.arange(len(logits))",
      "        return (F.cross_entropy(logits, labels) + F.cross_entropy(logits.t(), labels)) / 2",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "import torch.nn.functional as F",
      "from torch import nn",
      "",
      "class TwoTowers(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.image = nn.Linear(512, 64)",
      "        self.text = nn.Linear(256, 64)",
      "",
      "    def loss(self, images, texts):",
      "        img = F.normalize(self.image(images), dim=-1)",
      "        txt = F.normalize(self.text(texts), dim=-1)",
      "        logits = img @ txt.t() / 0.07",
      "        labels = torch.arange(len(logits))",
      "        return (F.cross_entropy(logits, labels) + F.cross_entropy(logits.t(), labels)) / 2",
      "",
    ].join("\n"),
    limits:
      "Both sides must come from layers in sight: an encoder of another file may normalise by itself. Inner products without a scale or temperature, as in dense retrieval, are a choice of their own.",
    references: ["Radford et al. 2021, arXiv:2103.00020, figure 3"],
  },

  *check(fact, { document }) {
    const { product, norms, scales, sinks } = fact;
    const isContrastive = sinks.some(
      ({ kind, isPairwise }) => kind === "cross entropy" && isPairwise,
    );
    if (product === undefined || !isContrastive || scales.length === 0) return;
    if (norms?.left !== "free" || norms.right !== "free") return;
    const shown = ({ span }: Expression) => document.text.slice(span.start, span.end);
    yield {
      span: product.node.span,
      message: `Neither \`${shown(product.left)}\` nor \`${shown(product.right)}\` is normalised, so the length of the features sets these logits as much as their direction.`,
      fixes: fixesOf(product, shown),
    };
  },
});

function fixesOf(
  { left, right }: NonNullable<SimilarityLogitsFact["product"]>,
  shown: (node: Expression) => string,
): readonly Fix[] {
  const edits = [left, right].map((side) => ({
    span: side.span,
    newText: `torch.nn.functional.normalize(${shown(side)}, dim=-1)`,
  }));
  return [{ title: "Normalise both sides", safety: "unsafe", edits }];
}
