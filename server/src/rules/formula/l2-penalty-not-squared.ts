import { defineRule } from "../../engine/rule.ts";
import type { PenaltyFact } from "../../facts/penalty.ts";
import { normInName } from "../../semantics/training-names.ts";
import type { Norm } from "../../semantics/training-term.ts";
import { sourceOf } from "../../syntax/python/source-of.ts";

export const l2PenaltyNotSquared = defineRule({
  code: "NL302",
  name: "l2-penalty-not-squared",
  family: "formula",
  severity: "information",
  preview: true,
  mentions: [
    ["\bl2", "_l2", "l2_", "ridge", "weight_decay"],
    ["norm(", "norm (", "sqrt"],
  ],
  on: "penalty",
  docs: {
    what: "Finds an L2 penalty, by its name, that adds the 2-norm itself to the loss instead of its square.",
    why: "The gradient of ‖w‖² is 2w: large weights shrink fast, small ones slowly. That of ‖w‖ is w/‖w‖, as long for tiny weights as for huge ones: λ no longer means what weight decay, Ridge or a Gaussian prior mean by it, and at w = 0 the gradient is not defined.",
    bad: [
      "import torch",
      "",
      "def step(net, x, y, lam):",
      "    l2 = sum(torch.norm(p) for p in net.parameters())",
      "    loss = torch.nn.functional.cross_entropy(net(x), y) + lam * l2",
      "    loss.backward()",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "",
      "def step(net, x, y, lam):",
      "    l2 = sum(p.pow(2).sum() for p in net.parameters())",
      "    loss = torch.nn.functional.cross_entropy(net(x), y) + lam * l2",
      "    loss.backward()",
      "",
    ].join("\n"),
    javascript: {
      bad: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const w = tf.variable(tf.randomNormal([64, 1]));",
        "const step = (x, y, lambda, optimizer) =>",
        "  optimizer.minimize(() => {",
        "    const loss = tf.losses.meanSquaredError(y, x.matMul(w));",
        "    const l2 = tf.norm(w);",
        "    return loss.add(l2.mul(lambda));",
        "  });",
        "",
      ].join("\n"),
      good: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const w = tf.variable(tf.randomNormal([64, 1]));",
        "const step = (x, y, lambda, optimizer) =>",
        "  optimizer.minimize(() => {",
        "    const loss = tf.losses.meanSquaredError(y, x.matMul(w));",
        "    const l2 = tf.sum(tf.square(w));",
        "    return loss.add(l2.mul(lambda));",
        "  });",
        "",
      ].join("\n"),
    },
    language: "python",
    limits:
      "Only a norm that is added to a loss, or that a function named after the penalty returns, is reported; norms of rows or columns are read as a group lasso. Σ‖W‖₂ over layers is a group lasso too: when that is meant, another name says so.",
    references: [
      "Goodfellow, Bengio & Courville 2016, Deep Learning, section 7.1.1, equation (7.1)",
    ],
  },

  *check(fact, context) {
    const { norm, names, program, term, site } = fact;
    const name = names.find((id) => normInName(id) !== undefined);
    if (norm.kind !== "l2" || name === undefined || normInName(name) !== "l2") return;
    const isInLoss = context
      .facts("objective")
      .some(({ terms }) =>
        terms.some(({ content }) => content.kind === "penalty" && isSame(content.norm, norm)),
      );
    // `l2_norm` is the norm that its name says, until it is used as a penalty.
    const isPenaltyFunction = site.statement.kind === "return" && !/norm|dist/i.test(name);
    if (!isInLoss && !(isPenaltyFunction && term.sign === 1)) return;
    yield {
      span: norm.node.span,
      message: `\`${name}\` is the norm \`${sourceOf(norm.node, program.module)}\` itself: an L2 penalty is its square.`,
      fixes: fixesOf(fact),
    };
  },
});

const isSame = (a: Norm, b: Norm): boolean => a.kind === b.kind && a.node === b.node;

function fixesOf({ norm, program }: PenaltyFact) {
  const { node } = norm;
  const inner =
    node.kind === "call" && node.arguments[0]?.value.kind === "comprehension"
      ? node.arguments[0].value.element
      : node;
  if (inner.kind !== "call") return [];
  const { end } = inner.span;
  const newText = program.language === "javascript" ? ".square()" : " ** 2";
  const edits = [{ span: { start: end, end }, newText }];
  return [{ title: "Square the norm", safety: "unsafe" as const, edits }];
}
