import { defineRule, type Fix } from "../../engine/rule.ts";
import { disagreementOf, type HandGradientFact } from "../../facts/hand-gradient.ts";
import { mayHoldLinearGradient } from "../../math/gradient-signs.ts";

export const gradientAscentOnLoss = defineRule({
  code: "NL315",
  name: "gradient-ascent-on-loss",
  family: "formula",
  severity: "error",
  preview: false,
  mentions: [["\bnp\b", "numpy", "torch", "\bjax", "jnp", "tensorflow"], mayHoldLinearGradient],
  on: "handGradient",
  docs: {
    what: "Finds a hand-written update that adds the gradient of a loss instead of subtracting it.",
    why: "The step w ← w + η·∂J climbs J: every step makes the fit worse, and the weights grow until they overflow. A penalty in the same gradient then drives them further from zero.",
    bad: [
      "import numpy as np",
      "",
      "def fit(X, y, w, lr, m):",
      "    for _ in range(100):",
      "        g = X.T @ (X @ w - y) / m",
      "        w += lr * g",
      "    return w",
      "",
    ].join("\n"),
    good: [
      "import numpy as np",
      "",
      "def fit(X, y, w, lr, m):",
      "    for _ in range(100):",
      "        g = X.T @ (X @ w - y) / m",
      "        w -= lr * g",
      "    return w",
      "",
    ].join("\n"),
    language: "python",
    limits:
      "The sign is found numerically, so `w += lr * X.T @ (y - X @ w)` is right and left alone. Without a loss in scope only a residual of a linear model is judged. Code that names a likelihood, a reward or an attack maximises on purpose.",
    references: [
      "Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., section 11.4",
    ],
  },

  *check(fact) {
    const found = disagreementOf(fact);
    if (found?.kind !== "ascent") return;
    const { loss } = found;
    const climbed = loss === undefined ? "the squared error" : `\`${loss.name}\``;
    yield {
      span: fact.statement.span,
      message: `This update adds the gradient of ${climbed} to \`${fact.parameter.name}\`: each step makes it larger.`,
      related:
        loss === undefined
          ? []
          : [{ span: loss.statement.span, message: "The loss that the update climbs." }],
      fixes: fixesOf(fact),
    };
  },
});

function fixesOf({ statement }: HandGradientFact): readonly Fix[] {
  const edit = { newText: "-=" };
  if (statement.kind !== "augmented" || statement.operator !== "+") return [];
  return [
    {
      title: "Subtract the gradient",
      safety: "unsafe",
      edits: [{ ...edit, span: statement.operatorSpan }],
    },
  ];
}
