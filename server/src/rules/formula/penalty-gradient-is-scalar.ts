import { defineRule, type Edit, type Fix } from "../../engine/rule.ts";
import type { Addend } from "../../math/addends.ts";
import { gradientProblem } from "../../math/gradient-problem.ts";
import { mayHoldLinearGradient } from "../../math/gradient-signs.ts";
import { literalCoefficient } from "../../math/literal-coefficient.ts";
import { type ScalarPenalty, scalarPenalties } from "../../math/scalar-penalty.ts";

export const penaltyGradientIsScalar = defineRule({
  code: "NL312",
  name: "penalty-gradient-is-scalar",
  family: "formula",
  severity: "error",
  preview: false,
  mentions: [
    ["\bnp\b", "numpy", "torch", "\bjax", "jnp", "tensorflow"],
    [".t\b", "\bdot\b", "@", "transpose", "einsum"],
    mayHoldLinearGradient,
  ],
  on: "handGradient",
  docs: {
    what: "Finds a penalty term in a hand-written gradient that is one number, such as `lam * np.dot(w, w)`, added to a gradient that has one entry per weight.",
    why: "The gradient of (λ/2m)·‖w‖² is (λ/m)·w. The norm itself is a single number, which broadcasting adds to every entry alike: all weights are pushed in the same direction, large or small, positive or negative, and nothing shrinks.",
    bad: [
      "import numpy as np",
      "",
      "def gradient(X, e, theta, lam, m):",
      "    g = X.T @ e / m + (lam / m) * np.dot(theta, theta)",
      "    return g",
      "",
    ].join("\n"),
    good: [
      "import numpy as np",
      "",
      "def gradient(X, e, theta, lam, m):",
      "    g = X.T @ e / m + (lam / m) * theta",
      "    return g",
      "",
    ].join("\n"),
    language: "python",
    limits:
      "Speaks of updates and of values that are called gradients; a cost, which is a number and should be, is left alone. The fix is offered where the coefficient is λ or λ/m, or twice that.",
    references: [
      "Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., eq. (3.41)",
    ],
  },

  *check({ parameter, addends }, { document }) {
    const problem = gradientProblem({ parameter, addends, loss: undefined });
    if (problem === undefined || problem.data.length === 0) return;
    for (const scalar of scalarPenalties(problem)) {
      const { origin } = scalar.addend.written;
      if (origin === undefined) continue;
      yield {
        span: origin.span,
        message: `This penalty gradient is one number: broadcasting adds it to every entry of the gradient of \`${parameter.name}\` alike, so no weight is pulled towards zero.`,
        fixes: fixesOf(scalar, parameter.name, document.text),
      };
    }
  },
});

function fixesOf({ squaredNorm }: ScalarPenalty, name: string, text: string): readonly Fix[] {
  if (squaredNorm === undefined || !hasTextbookCoefficient(squaredNorm.repaired)) return [];
  const edit = editOf(squaredNorm, name, text);
  return [{ title: `Use \`${name}\`, one entry per weight`, safety: "safe", edits: [edit] }];
}

function editOf(
  { factor, scaled }: NonNullable<ScalarPenalty["squaredNorm"]>,
  name: string,
  text: string,
): Edit {
  if (scaled === undefined) return { span: factor.span, newText: name };
  const { start, end } = factor.span;
  const kept = factor.kind === "binary" ? { start, end: factor.operatorSpan.start } : scaled.span;
  return { span: { start, end }, newText: text.slice(kept.start, kept.end).trimEnd() };
}

/** λ·‖θ‖² and 2λ·‖θ‖², over m or not, are meant as λ·θ and 2λ·θ; other numbers may be anything. */
function hasTextbookCoefficient(addend: Addend): boolean {
  const coefficient = Math.abs(literalCoefficient(addend));
  return coefficient === 1 || coefficient === 2;
}
