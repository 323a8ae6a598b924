import { defineRule, type Edit } from "../../engine/rule.ts";
import type { WeightMaskFact } from "../../facts/weight-mask.ts";
import { isSameText } from "../../math/same-text.ts";
import { argumentOf } from "../../semantics/call-arguments.ts";
import type { CallExpression, Expression } from "../../syntax/python/ast.ts";

const QUANTILES = /^(?:nan)?(?:quantile|percentile|median)$/;

export const thresholdFromSignedQuantile = defineRule({
  code: "NL605",
  name: "threshold-from-signed-quantile",
  family: "sparsity",
  severity: "warning",
  preview: false,
  mentions: [["abs"], ["quantile", "percentile", "median"]],
  on: "weightMask",
  docs: {
    language: "python",
    what: "Finds a threshold for the size of weights that is a quantile of the weights with their signs.",
    why: "Weights are spread around zero, so half of them lie below zero and their median is about 0: comparing sizes with it prunes next to nothing. The quantile of the sizes is the threshold that prunes the share that was asked for.",
    bad: ["import numpy as np", "", "t = np.quantile(w, 0.5)", "w[np.abs(w) < t] = 0", ""].join(
      "\n",
    ),
    good: [
      "import numpy as np",
      "",
      "t = np.quantile(np.abs(w), 0.5)",
      "w[np.abs(w) < t] = 0",
      "",
    ].join("\n"),
    limits:
      "Speaks where the same array is compared by its size with its own quantile; an array that is no longer signed under its name is out of sight.",
    references: ["Zhu & Gupta 2017, To prune, or not to prune, arXiv:1710.01878, section 3"],
  },

  *check(fact, { document }) {
    const quantile = quantileOf(fact);
    if (quantile === undefined) return;
    const { of, call } = quantile;
    const { text } = document;
    const isHalfTyped = fact.program.module.errors.some(
      ({ start, end }) => start <= call.span.end && end >= call.span.start,
    );
    if (isHalfTyped || !isSameArray(of, fact.condition.array, text)) return;
    const array = text.slice(of.span.start, of.span.end);
    yield {
      span: call.span,
      message: `This quantile of \`${array}\` counts signs, yet the sizes of \`${array}\` are compared with it: of symmetric weights half are below zero.`,
      related: [{ span: fact.condition.comparison.span, message: "Sizes are compared here." }],
      fixes: [
        {
          title: `Take the quantile of the sizes`,
          safety: "safe",
          edits: [{ span: of.span, newText: sizesOf(of, fact, text) }],
        },
      ],
    };
  },
});

interface Quantile {
  readonly call: CallExpression;
  readonly of: Expression;
}

/** The quantile that is compared with, and of what it is. */
function quantileOf({ condition, program }: WeightMaskFact): Quantile | undefined {
  const { threshold } = condition;
  const definition = threshold.kind === "name" ? program.definition(threshold) : undefined;
  const call = definition?.kind === "assigned" ? definition.value : threshold;
  if (call.kind !== "call") return undefined;
  const { callee } = call;
  const name = program.qualifiedName(callee)?.split(".").at(-1);
  if (name !== undefined) {
    const of = argumentOf(call, "a", 0)?.value ?? argumentOf(call, "input", 0)?.value;
    return QUANTILES.test(name) && of !== undefined ? { call, of } : undefined;
  }
  if (callee.kind !== "attribute" || !QUANTILES.test(callee.attribute)) return undefined;
  return { call, of: callee.value };
}

const VIEWS = /^(?:flatten|ravel|view|reshape|detach|cpu|float|data)$/;

/** `w.flatten()` and `w.data` are `w`. */
function plain(node: Expression): Expression {
  if (node.kind === "call" && node.callee.kind === "attribute") {
    return VIEWS.test(node.callee.attribute) ? plain(node.callee.value) : node;
  }
  return node.kind === "attribute" && VIEWS.test(node.attribute) ? plain(node.value) : node;
}

function isSameArray(a: Expression, b: Expression, text: string): boolean {
  return isSameText(plain(a), plain(b), text);
}

function sizesOf(of: Expression, { condition }: WeightMaskFact, text: string): Edit["newText"] {
  const written = text.slice(of.span.start, of.span.end);
  const compared = text.slice(condition.comparison.span.start, condition.comparison.span.end);
  const array = text.slice(condition.array.span.start, condition.array.span.end);
  const asFunction = ["np.abs", "numpy.abs", "torch.abs", "jnp.abs", "abs"].find((name) =>
    compared.includes(`${name}(${array}`),
  );
  return asFunction === undefined ? `${written}.abs()` : `${asFunction}(${written})`;
}
