import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ObjectiveFact } from "../../facts/objective.ts";
import { constantNumber } from "../../semantics/call-arguments.ts";
import { mayPenalise } from "../../semantics/penalty-signs.ts";
import { lastName, programIndex } from "../../semantics/program-index.ts";
import { isScalar } from "../../semantics/term-arithmetic.ts";
import { isPenalty, type Norm, type Term } from "../../semantics/training-term.ts";
import { sourceOf } from "../../syntax/python/source-of.ts";

export const signedSumAsPenalty = defineRule({
  code: "NL304",
  name: "signed-sum-as-penalty",
  family: "formula",
  severity: "error",
  preview: false,
  mentions: [
    ["sum", "mean"],
    ["loss", "cost", "objective", "criterion", "mse", "entropy", "backward", "error", "risk"],
    mayPenalise,
  ],
  on: "objective",
  docs: {
    what: "Finds a loss that adds λ times the plain sum of weights, without absolute values or squares.",
    why: "Weights have signs: their sum falls without bound as they become negative, so the term does not hold them near zero but pushes all of them in one direction, and the loss has no minimum.",
    bad: [
      "import torch",
      "",
      "def step(net, x, y, lam):",
      "    mse = torch.nn.functional.mse_loss(net(x), y)",
      "    loss = mse + lam * net.fc.weight.sum()",
      "    loss.backward()",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "",
      "def step(net, x, y, lam):",
      "    mse = torch.nn.functional.mse_loss(net(x), y)",
      "    loss = mse + lam * net.fc.weight.abs().sum()",
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
        "    return loss.add(w.sum().mul(lambda));",
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
        "    return loss.add(w.abs().sum().mul(lambda));",
        "  });",
        "",
      ].join("\n"),
    },
    language: "python",
    limits:
      "Weights that are kept non-negative by a projection, a clamp or a constraint anywhere in the file are left alone, as is a sum that is multiplied by zero to keep parameters in the graph.",
    references: [
      "Hastie, Tibshirani & Friedman 2009, The Elements of Statistical Learning, section 3.4",
    ],
  },

  *check(fact) {
    const { program, terms } = fact;
    if (!terms.some(({ content, sign }) => content.kind === "data" && sign === 1)) return;
    for (const term of terms.filter(isPenalty)) {
      const { norm } = term.content;
      if (norm.kind !== "signed" || !isScaled(term, fact) || keepsSigns(fact)) continue;
      yield {
        span: norm.node.span,
        message: `\`${sourceOf(norm.node, program.module)}\` adds weights with their signs: the loss falls without bound as they become negative.`,
        fixes: fixesOf(norm, fact),
      };
    }
  },
});

/** True where a coefficient that is not zero says that the sum is meant as a penalty. */
function isScaled({ factors }: Term, { program }: ObjectiveFact): boolean {
  const numbers = factors.map((factor) => constantNumber(factor, program));
  return factors.some(isScalar) && !numbers.includes(0);
}

const NON_NEGATIVE = new Set([
  "clamp_",
  "clip_",
  "relu_",
  "abs_",
  "NonNeg",
  "softplus",
  "non_negative",
  "maximum",
]);

/** True where something in the document keeps weights from becoming negative. */
function keepsSigns({ program }: ObjectiveFact): boolean {
  return programIndex(program).calls.some(
    ({ name, qualifiedName }) =>
      NON_NEGATIVE.has(name ?? "") || NON_NEGATIVE.has(qualifiedName?.split(".").at(-1) ?? ""),
  );
}

/** Takes absolute values where the reduced array stands. */
function fixesOf({ node }: Norm, { program }: ObjectiveFact): readonly Fix[] {
  const call = node.kind === "call" ? node : undefined;
  if (call?.callee.kind !== "attribute" || lastName(call.callee) === undefined) return [];
  const isMethod = program.qualifiedName(call.callee) === undefined;
  const operand = isMethod ? call.callee.value : call.arguments[0]?.value;
  if (operand === undefined || operand.kind === "comprehension") return [];
  const { start, end } = operand.span;
  // A tensor has a method for it, an array has none.
  const isTensor = isMethod && (program.language === "javascript" || mentionsTorch(program));
  const library = isMethod ? "" : `${sourceOf(call.callee.value, program.module)}.`;
  const edits = isTensor
    ? [{ span: { start: end, end }, newText: ".abs()" }]
    : [
        { span: { start, end: start }, newText: `${library}abs(` },
        { span: { start: end, end }, newText: ")" },
      ];
  return [{ title: "Sum the absolute values", safety: "suggestion", edits }];
}

const mentionsTorch = (program: ObjectiveFact["program"]): boolean =>
  programIndex(program).imports.some(({ names }) =>
    names.some(({ module }) => module === "torch" || module.startsWith("torch.")),
  );
