import { defineRule, type Edit, type Report } from "../../engine/rule.ts";
import { type MixedFactors, mixedFactors } from "../../semantics/mixed-factors.ts";
import { mayPenalise } from "../../semantics/penalty-signs.ts";
import { byText } from "../../syntax/by-text.ts";
import type { CodeText } from "../../syntax/code-text.ts";
import type { Expression } from "../../syntax/python/ast.ts";

/** Whether code may mix two norms itself, or give the share of one to a library. */
const mayMixNorms = (code: CodeText): boolean =>
  code.parts.some((text) => namesRatio(text, code)) || mayPenalise(code);
const namesRatio = byText((text) => /l1_?ratio/i.test(text));

export const elasticNetMixingWrong = defineRule({
  code: "NL307",
  name: "elastic-net-mixing-wrong",
  family: "formula",
  severity: "error",
  preview: false,
  mentions: [
    ["ratio", "mix", "rho", "1 - ", "1-", "r *", "r*", "* r", "*r"],
    ["l1", "\babs", "norm"],
    mayMixNorms,
  ],
  on: "elasticNet",
  docs: {
    what: "Finds an elastic net whose two parts do not share one λ by a ratio: r on both, (1 − r) on both, λ on one part only, or an `l1_ratio` outside of [0, 1].",
    why: "The elastic net is λ·(r·‖w‖₁ + ½(1 − r)·‖w‖₂²). With r on both parts the ratio is a second λ and does not mix anything: r = 0 switches the penalty off instead of giving Ridge, r = 1 still shrinks instead of giving the lasso.",
    bad: [
      "import numpy as np",
      "",
      "def penalty(w, a, r):",
      "    return a * (r * np.abs(w).sum() + r * 0.5 * (w ** 2).sum())",
      "",
    ].join("\n"),
    good: [
      "import numpy as np",
      "",
      "def penalty(w, a, r):",
      "    return a * (r * np.abs(w).sum() + (1 - r) * 0.5 * (w ** 2).sum())",
      "",
    ].join("\n"),
    language: "python",
    limits:
      "Two coefficients of their own are two penalties and are left alone: only a name such as `l1_ratio`, `ratio`, `mix`, `rho` or `r`, or a factor 1 − r, tells that a mix is meant.",
    references: [
      "Zou & Hastie 2005, Regularization and variable selection via the elastic net, J. R. Stat. Soc. B 67, section 3.1",
      "https://scikit-learn.org/stable/modules/generated/sklearn.linear_model.ElasticNet.html",
    ],
  },

  *check(fact) {
    if (fact.form === "argument") {
      const { ratio, estimator, node } = fact;
      if (ratio >= 0 && ratio <= 1) return;
      yield {
        span: node.span,
        message: `\`${estimator}\` needs an l1_ratio between 0 (L2 alone) and 1 (L1 alone), not ${ratio}.`,
      };
      return;
    }
    const l1 = mixedFactors(fact.l1, fact.program);
    const l2 = mixedFactors(fact.l2, fact.program);
    const report = bothTheSame(l1, l2) ?? swapped(l1, l2) ?? unevenLambda(l1, l2);
    if (report === undefined) return;
    yield {
      ...report,
      related: [
        { span: fact.l1.written.span, message: "The L1 part." },
        { span: fact.l2.written.span, message: "The L2 part." },
      ],
    };
  },
});

const replacement = ({ span }: Expression, newText: string): Edit => ({ span, newText });

/** r on both parts, or 1 − r on both. */
function bothTheSame(l1: MixedFactors, l2: MixedFactors): Report | undefined {
  for (const { name, node } of l2.complements) {
    const first = l1.complements.find((factor) => factor.name === name);
    if (first === undefined || l1.plain.some((factor) => factor.name === name)) continue;
    if (l2.plain.some((factor) => factor.name === name)) continue;
    return {
      span: node.span,
      message: `Both parts of this elastic net are scaled by 1 - ${name}: the L1 part takes ${name}.`,
      fixes: [
        {
          title: `Scale the L1 part by \`${name}\``,
          safety: "suggestion",
          edits: [replacement(first.node, name)],
        },
      ],
    };
  }
  if (l1.complements.length + l2.complements.length > 0) return undefined;
  const shared = l2.plain.find(
    (factor) => isRatioName(factor.name) && l1.plain.some(({ name }) => name === factor.name),
  );
  if (shared === undefined || !isMeantAsRatio(shared.name, l1, l2)) return undefined;
  const { name, node } = shared;
  return {
    span: node.span,
    message: `Both parts of this elastic net are scaled by ${name}: the L2 part takes 1 - ${name}.`,
    fixes: [
      {
        title: `Scale the L2 part by \`1 - ${name}\``,
        safety: "suggestion",
        edits: [replacement(node, `(1 - ${name})`)],
      },
    ],
  };
}

const isRatioName = (name: string): boolean =>
  /(?:^|[._])(?:\w*ratio|mix(?:ing)?|rho|r)$/i.test(name);

/** A short name is a ratio only beside a λ that both parts share, or that nothing else scales. */
function isMeantAsRatio(name: string, l1: MixedFactors, l2: MixedFactors): boolean {
  if (/ratio|mix/i.test(name)) return true;
  return l1.plain.some(
    (factor) => factor.name !== name && l2.plain.some((other) => other.name === factor.name),
  );
}

/** 1 − l1_ratio on the L1 part, whose share l1_ratio is. */
function swapped(l1: MixedFactors, l2: MixedFactors): Report | undefined {
  const first = l1.complements.find(({ name }) => /l1_?ratio$/i.test(name));
  const second = l2.plain.find(({ name }) => name === first?.name);
  if (first === undefined || second === undefined) return undefined;
  const { name, node } = first;
  return {
    span: node.span,
    message: `The L1 part is scaled by 1 - ${name}, the L2 part by ${name}: it is the other way round.`,
    fixes: [
      {
        title: "Exchange the two shares",
        safety: "suggestion",
        edits: [replacement(node, name), replacement(second.node, `(1 - ${name})`)],
      },
    ],
  };
}

/** λ scales one of the two shares alone. */
function unevenLambda(l1: MixedFactors, l2: MixedFactors): Report | undefined {
  const ratio = l2.complements.find(({ name }) => l1.plain.some((factor) => factor.name === name));
  if (ratio === undefined) return undefined;
  const rest = ({ plain }: MixedFactors) => plain.filter(({ name }) => name !== ratio.name);
  const [one, other] = [rest(l1), rest(l2)];
  const [lonely] = one.length > other.length ? one : other;
  const isUneven = one.length + other.length === 1 && l1.complements.length === 0;
  if (!isUneven || lonely === undefined) return undefined;
  const part = one.length === 1 ? "L1" : "L2";
  return {
    span: lonely.node.span,
    message: `\`${lonely.name}\` scales only the ${part} part of this elastic net: with it on both, ${ratio.name} is their ratio.`,
  };
}
