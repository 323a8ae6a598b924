import { defineRule } from "../../engine/rule.ts";
import { maySumLosses } from "../../semantics/loss-calls.ts";
import { meanReductionFix } from "../../semantics/mean-reduction-fix.ts";
import { trainingDomain } from "../../semantics/training-domain.ts";
import type { Reduction, Term } from "../../semantics/training-term.ts";
import { sourceOf } from "../../syntax/python/source-of.ts";
import { expressionsIn } from "../../syntax/python/walk.ts";

export const mixedReductionsInMultiTermLoss = defineRule({
  code: "NL705",
  name: "mixed-reductions-in-multi-term-loss",
  family: "multimodal",
  severity: "warning",
  preview: false,
  mentions: [["reduction"], ["sum"], ["loss", "entropy", "kl_div"], maySumLosses],
  on: "objective",
  docs: {
    what: "Finds a loss that adds one data term summed over the batch to another that is averaged over it.",
    why: "The summed term grows with the batch size, the averaged one does not: the weight between them is the batch size, whatever the coefficients say, and the last, smaller batch of an epoch is trained with another objective.",
    bad: [
      "import torch.nn.functional as F",
      "",
      "def step(a, b, p, q):",
      '    loss = F.mse_loss(a, b) + F.binary_cross_entropy(p, q, reduction="sum")',
      "    loss.backward()",
      "",
    ].join("\n"),
    good: [
      "import torch.nn.functional as F",
      "",
      "def step(a, b, p, q):",
      '    loss = F.mse_loss(a, b) + F.binary_cross_entropy(p, q, reduction="mean")',
      "    loss.backward()",
      "",
    ].join("\n"),
    language: "python",
    limits:
      "Terms that are divided by anything, or whose coefficient is more than a name or a number, are taken as normalised; terms of variational models, whose bound is a sum, are left alone.",
    references: ["https://docs.pytorch.org/docs/stable/generated/torch.nn.BCELoss.html"],
  },

  *check(fact) {
    if (trainingDomain(fact.program) === "variational") return;
    const plain = fact.terms.filter(({ loops }) => loops.length === 0);
    const averaged = plain.filter((term) => isPlain(term, "mean"));
    for (const term of plain.filter((other) => isPlain(other, "sum"))) {
      // Of two branches only one is taken.
      const mean = averaged.find(({ isConditional }) => !isConditional || !term.isConditional);
      if (mean === undefined) continue;
      const { module } = fact.program;
      yield {
        span: term.node.span,
        message: `\`${short(sourceOf(term.node, module))}\` is summed over the batch, \`${short(sourceOf(mean.node, module))}\` averaged: their balance changes with the batch size.`,
        related: [{ span: mean.node.span, message: "This term is a mean." }],
        fixes: meanReductionFix(term, "Take the mean of both", fact.program),
      };
    }
  },
});

const MOST_CHARACTERS = 48;
const short = (text: string): string =>
  text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;

/** A data term of this reduction that nothing rescales. */
function isPlain({ content, factors, divisors }: Term, reduction: Reduction): boolean {
  const isSimple = factors.every((factor) =>
    [...expressionsIn(factor)].every(
      (node) => node.kind === "name" || node.kind === "attribute" || node.kind === "number",
    ),
  );
  const isCount = factors.some((factor) =>
    [...expressionsIn(factor)].some(
      (node) =>
        (node.kind === "name" && COUNTS.test(node.id)) ||
        (node.kind === "attribute" && COUNTS.test(node.attribute)),
    ),
  );
  return (
    content.kind === "data" &&
    content.reduction === reduction &&
    divisors.length === 0 &&
    isSimple &&
    !isCount
  );
}

const COUNTS = /batch|size|num|count|len|^[nNbBm]$|^bs$|norm/;
