import { defineRule, type Fix } from "../../engine/rule.ts";
import type { LossFact } from "../../facts/loss.ts";
import { mayAddNormsTwice } from "../../math/norm-signs.ts";
import { isSameNorm, type NormTerm } from "../../math/norm-term.ts";
import { removeTermEdit } from "../../math/remove-term-edit.ts";
import type { Expression } from "../../syntax/python/ast.ts";

export const dataTermLostPenaltyCountedTwice = defineRule({
  code: "NL303",
  name: "data-term-lost-penalty-counted-twice",
  family: "formula",
  severity: "error",
  preview: false,
  mentions: [
    ["abs", "norm", "square", "**", "pow", "dot", "@", "l1", "l2", "reg", "penalty"],
    mayAddNormsTwice,
  ],
  on: "loss",
  docs: {
    what: "Finds a sum that holds the same norm of the same weights twice, once plain and once scaled by λ.",
    why: "‖w‖ + λ‖w‖ is (1 + λ)‖w‖: the plain norm stands where the data loss belongs. As a penalty it never gets weaker than ‖w‖, so λ = 0 still regularizes; as an objective it has lost the data, and its minimum is w = 0.",
    bad: [
      "import numpy as np",
      "",
      "def objective(w, X, y, lambda_):",
      "    mse = np.mean((X @ w - y) ** 2)",
      "    loss = np.abs(w).sum() + lambda_ * np.abs(w).sum()",
      "    return loss",
      "",
    ].join("\n"),
    good: [
      "import numpy as np",
      "",
      "def objective(w, X, y, lambda_):",
      "    mse = np.mean((X @ w - y) ** 2)",
      "    loss = mse + lambda_ * np.abs(w).sum()",
      "    return loss",
      "",
    ].join("\n"),
    language: "python",
    limits:
      "Two different norms are an elastic net and are left alone, as are two terms that are both scaled by a name of their own. A norm is recognised by what it computes, so loops over parameters are not seen unless their result is kept under a name such as `l1` or `penalty`.",
    references: [
      "Tibshirani 1996, Regression shrinkage and selection via the lasso, J. R. Stat. Soc. B 58, section 2",
    ],
  },

  *check(fact, { document }) {
    for (const plain of fact.norms.filter(({ isScaled }) => !isScaled)) {
      const twin = fact.norms.find(
        (norm) => isSameNorm(norm, plain) && (norm.isScaled || isSmaller(norm, plain)),
      );
      const { origin } = plain.addend.written;
      if (twin === undefined || origin === undefined) continue;
      if (plain.addend.sign !== twin.addend.sign) continue;
      yield {
        span: origin.span,
        message: messageOf(fact, plain, twin, document.text),
        fixes: fixesOf(fact, origin, document.text),
      };
    }
  },
});

/** Less than this share of the other term, a number in front of a norm is a λ. */
const MOST_LAMBDA = 0.1;

function isSmaller(a: NormTerm, b: NormTerm): boolean {
  return Math.abs(a.values[0] ?? 0) < MOST_LAMBDA * Math.abs(b.values[0] ?? 0);
}

function messageOf(fact: LossFact, plain: NormTerm, twin: NormTerm, text: string): string {
  const written = (norm: NormTerm): string => {
    const span = norm.addend.written.origin?.span;
    return span === undefined ? "the norm" : `\`${text.slice(span.start, span.end)}\``;
  };
  const lost = fact.norms.length === fact.terms.length ? ", and no data loss is left" : "";
  return `${written(plain)} is here twice, alone and in ${written(twin)}: the penalty counts itself 1 + λ times${lost}.`;
}

function fixesOf(fact: LossFact, term: Expression, text: string): readonly Fix[] {
  const removal = removeTermEdit(term, fact.statement, text);
  const isInStatement =
    term.span.start >= fact.statement.span.start && term.span.end <= fact.statement.span.end;
  const dataLoss = isInStatement ? fact.unusedDataLosses.at(-1) : undefined;
  return [
    ...(dataLoss === undefined
      ? []
      : [
          {
            title: `Put the data loss \`${dataLoss}\` in its place`,
            safety: "suggestion" as const,
            edits: [{ span: term.span, newText: dataLoss }],
          },
        ]),
    ...(removal === undefined
      ? []
      : [
          {
            title: "Keep only the norm that is scaled by λ",
            safety: "suggestion" as const,
            edits: [removal],
          },
        ]),
  ];
}
