import { defineRule, type Fix } from "../../engine/rule.ts";
import type { InterceptPenaltyFact } from "../../facts/intercept-penalty.ts";
import { mayPenaliseIntercept } from "../../facts/intercept-penalty.ts";
import type { Expression } from "../../syntax/python/ast.ts";

export const interceptPenalised = defineRule({
  code: "NL405",
  name: "intercept-penalised",
  family: "placement",
  severity: "information",
  preview: false,
  mentions: [
    ["\bones", "insert", "add_constant", "add_dummy", "\beye\b", "identity"],
    mayPenaliseIntercept,
  ],
  on: "interceptPenalty",
  docs: {
    what: "Finds a ridge or lasso fit that penalises the weight of a column of ones, the intercept, like any other.",
    why: "The intercept is the level of y, not a slope: shrinking it pulls every prediction towards zero, so the fit changes when a constant is added to y. scikit-learn's `Ridge` and `Lasso` leave it free.",
    bad: [
      "import numpy as np",
      "",
      "def ridge(X, y, lam):",
      "    X = np.c_[np.ones(len(X)), X]",
      "    d = X.shape[1] - 1",
      "    return np.linalg.solve(X.T @ X + lam * np.eye(d + 1), X.T @ y)",
      "",
    ].join("\n"),
    good: [
      "import numpy as np",
      "",
      "def ridge(X, y, lam):",
      "    X = np.c_[np.ones(len(X)), X]",
      "    d = X.shape[1] - 1",
      "    I = np.eye(d + 1)",
      "    I[0, 0] = 0.0",
      "    return np.linalg.solve(X.T @ X + lam * I, X.T @ y)",
      "",
    ].join("\n"),
    language: "python",
    limits:
      "The ones must be put in beside the fit, in the same function, or the identity matrix must be of size `d + 1`. Centred targets make the penalised intercept zero and harmless, which is not seen.",
    references: [
      "Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., section 3.4.1",
    ],
  },

  *check(fact, { document }) {
    const where = fact.side === undefined ? "" : ` (the ${fact.side} column, of ones)`;
    const weights = fact.weights === undefined ? "" : ` of \`${fact.weights}\``;
    yield {
      span: fact.span,
      message: `This penalty covers the intercept${weights}${where} too: predictions are pulled towards zero instead of the mean of y.`,
      fixes: fixesOf(fact, document.text),
    };
  },
});

function fixesOf({ identity, side }: InterceptPenaltyFact, text: string): readonly Fix[] {
  const size = identity?.arguments[0]?.value;
  if (identity?.arguments.length !== 1 || size === undefined || side === undefined) return [];
  if (identity.callee.kind !== "attribute") return [];
  const slopes = `[1.0] * ${oneLess(size, text)}`;
  const module = text.slice(identity.callee.span.start, identity.callee.attributeSpan.start);
  const entries = side === "first" ? `[0.0] + ${slopes}` : `${slopes} + [0.0]`;
  return [
    {
      title: "Leave the intercept out of the penalty",
      safety: "unsafe",
      edits: [{ span: identity.span, newText: `${module}diag(${entries})` }],
    },
  ];
}

/** `d` of `d + 1`, else `(n - 1)`. */
function oneLess(size: Expression, text: string): string {
  const written = text.slice(size.span.start, size.span.end);
  if (size.kind === "binary" && size.operator === "+" && size.right.kind === "number") {
    const { left, right } = size;
    const isSimple = left.kind === "name" || left.kind === "attribute" || left.kind === "subscript";
    if (right.value === 1 && isSimple) return text.slice(left.span.start, left.span.end);
  }
  return `(${written} - 1)`;
}
