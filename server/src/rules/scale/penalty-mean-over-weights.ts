import { defineRule, type Fix } from "../../engine/rule.ts";
import { mayPenalise } from "../../semantics/penalty-signs.ts";
import { lastName } from "../../semantics/program-index.ts";
import { isScalar } from "../../semantics/term-arithmetic.ts";
import { isPenalty, type Norm, type Term } from "../../semantics/training-term.ts";
import { sourceOf } from "../../syntax/python/source-of.ts";
import { expressionsIn } from "../../syntax/python/walk.ts";

export const penaltyMeanOverWeights = defineRule({
  code: "NL207",
  name: "penalty-mean-over-weights",
  family: "scale",
  severity: "information",
  preview: true,
  mentions: [
    ["mean"],
    ["abs", "pow", "square", "**"],
    ["weight", "parameters", "trainable", "params", "w", "theta", "kernel"],
    ["loss", "cost", "objective", "criterion", "mse", "entropy", "backward", "error", "risk"],
    mayPenalise,
  ],
  on: "objective",
  docs: {
    what: "Finds a penalty that is the mean over the weights instead of their sum.",
    why: "The pull on each weight is then λ divided by the number of weights: the same λ is a thousand times weaker on a layer that is a thousand times larger, and no λ of a paper or of another library can be compared with it.",
    bad: [
      "import torch",
      "import torch.nn.functional as F",
      "",
      "def step(net, x, y, lam):",
      "    loss = F.mse_loss(net(x), y) + lam * torch.mean(net.fc.weight.abs())",
      "    loss.backward()",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "import torch.nn.functional as F",
      "",
      "def step(net, x, y, lam):",
      "    loss = F.mse_loss(net(x), y) + lam * torch.sum(net.fc.weight.abs())",
      "    loss.backward()",
      "",
    ].join("\n"),
    language: "python",
    limits:
      "A penalty whose name says mean, or that is multiplied by a number of weights, is left alone. Means of activations are no penalties of weights.",
    references: ["Goodfellow, Bengio & Courville 2016, Deep Learning, section 7.1"],
  },

  *check(fact) {
    if (!fact.terms.some(({ content }) => content.kind === "data")) return;
    for (const term of fact.terms.filter(isPenalty)) {
      const { norm } = term.content;
      const isPower = norm.kind === "l1" || norm.kind === "l2squared";
      if (norm.reduction !== "mean" || !isPower || isMeant(term, norm)) continue;
      yield {
        span: norm.node.span,
        message: `\`${sourceOf(norm.node, fact.program.module)}\` is a mean over weights: the larger the layer, the weaker the same λ.`,
        fixes: fixesOf(norm),
      };
    }
  },
});

const COUNTS =
  /^(?:numel|size|shape|nelement|len|num_params|n_params|num_parameters|n_weights|count)$/;

/** True where a name says mean, a count scales it, or nothing tells that it is a penalty. */
function isMeant({ factors, divisors, statement }: Term, norm: Norm): boolean {
  const scales = [...factors, ...divisors].flatMap((node) => [...expressionsIn(node)]);
  const target = statement?.kind === "assign" ? statement.targets[0] : undefined;
  const isNamed = /mean|avg|average|normali[sz]ed/i.test((target && lastName(target)) ?? "");
  const isProven = norm.weights.some(({ evidence }) => evidence === "parameters");
  return (
    isNamed ||
    scales.some((node) => COUNTS.test(lastName(node) ?? "")) ||
    !(isProven || factors.some(isScalar))
  );
}

const SUMS = new Map([
  ["mean", "sum"],
  ["reduce_mean", "reduce_sum"],
]);

function fixesOf({ node }: Norm): readonly Fix[] {
  if (node.kind !== "call" || node.callee.kind !== "attribute") return [];
  const newText = SUMS.get(node.callee.attribute);
  if (newText === undefined) return [];
  const edits = [{ span: node.callee.attributeSpan, newText }];
  return [{ title: "Sum over the weights", safety: "suggestion", edits }];
}
