import type { Span } from "../../../../core/protocol/span.ts";
import { defineRule, type Fix } from "../../engine/rule.ts";
import {
  disagreementOf,
  type HandGradientFact,
  type ScopeLoss,
} from "../../facts/hand-gradient.ts";
import type { Addend } from "../../math/addends.ts";
import { effectiveLambda, factorText } from "../../math/factor-text.ts";
import type { Disagreement } from "../../math/gradient-disagreement.ts";
import { mayHoldLinearGradient } from "../../math/gradient-signs.ts";
import { rescaleEdit } from "../../math/rescale-edit.ts";

export const handGradientDisagreesWithLoss = defineRule({
  code: "NL311",
  name: "hand-gradient-disagrees-with-loss",
  family: "formula",
  severity: "warning",
  preview: false,
  mentions: [
    ["\bnp\b", "numpy", "torch", "\bjax", "jnp", "tensorflow"],
    [".t\b", "\bdot\b", "@", "transpose", "einsum"],
    mayHoldLinearGradient,
  ],
  on: "handGradient",
  docs: {
    what: "Compares a gradient that is written out by hand with the numeric gradient of the loss beside it, data and penalty apart. Without a loss in scope, a step of ridge regression whose penalty gradient is the textbook's λ/m·θ is compared with J = 1/(2m)·Σ(h − y)² + λ/(2m)·‖θ‖².",
    why: "A common factor of both parts is a learning rate, but a factor of one part alone changes λ: with the data gradient doubled, every λ that you tune or report acts at half its strength. A part of the wrong form does not minimise the loss at all.",
    bad: [
      "import numpy as np",
      "",
      "def fit_step(X, y, t, lam, m):",
      "    J = np.sum((X @ t - y) ** 2) / (2 * m)",
      "    g = (2 / m) * X.T @ (X @ t - y) + (lam / m) * t",
      "    return J, g",
      "",
    ].join("\n"),
    good: [
      "import numpy as np",
      "",
      "def fit_step(X, y, t, lam, m):",
      "    J = (np.sum((X @ t - y) ** 2) + lam * t @ t) / (2 * m)",
      "    g = (X.T @ (X @ t - y) + lam * t) / m",
      "    return J, g",
      "",
    ].join("\n"),
    language: "python",
    limits:
      "Both sides are evaluated at random small arrays, so everything that they use must be known: a model in another file, a random number or a loop over weights means silence. The textbook objective is sound without a loss in scope because only the ratio of the two factors is judged, and rescaling J rescales both; it speaks only where the penalty coefficient is exactly λ/m, since 2·λ·θ or λ·θ states another convention for λ. A loss that has no penalty term may be what you print rather than what you minimise: it is then held against the textbook form as well. A gradient that differs from the loss by one overall factor is silent.",
    references: [
      "Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., section 3.4.1",
    ],
  },

  *check(fact, { document }) {
    const found = disagreementOf(fact);
    if (found === undefined || found.kind === "ascent") return;
    yield {
      span: spanOf(found, fact),
      message: messageOf(found, fact),
      ...(found.kind === "wrong-form" && !found.isFirstEntry ? { severity: "error" } : {}),
      related:
        found.loss === undefined
          ? []
          : [{ span: found.loss.statement.span, message: "The loss that it is compared with." }],
      fixes: fixesOf(found, document.text),
    };
  },
});

type Found = Exclude<Disagreement<ScopeLoss>, { readonly kind: "ascent" }>;

const culprits = (found: Found): readonly Addend[] => {
  if (found.kind === "missing-penalty") return found.problem.data;
  const part = found.kind === "factors" ? found.culprit : found.part;
  return found.problem[part];
};

function spanOf(found: Found, { statement }: HandGradientFact): Span {
  const [addend] = culprits(found);
  return (addend?.definition ?? addend?.written.origin ?? statement).span;
}

function messageOf(found: Found, { parameter }: HandGradientFact): string {
  const weights = `\`${parameter.name}\``;
  const loss = found.loss === undefined ? "the loss" : `\`${found.loss.name}\``;
  switch (found.kind) {
    case "factors":
      return factorsMessage(found);
    case "missing-penalty":
      return `${loss} has a penalty on ${weights} and this gradient has none: λ changes the loss that you print, not the weights.`;
    case "wrong-form":
      if (found.isResidualAlone) {
        return `This data gradient is the residual alone: the features' transpose is missing, so it has one entry per sample where ${weights} needs one per weight.`;
      }
      if (found.isFirstEntry) {
        return `This gradient and that of ${loss} differ in the first entry of ${weights} alone: only one of the two leaves the intercept out of the ${found.part === "data" ? "data" : "penalty"}.`;
      }
      return found.part === "data"
        ? `The data part of this gradient is no multiple of the gradient of ${loss} with respect to ${weights}.`
        : `The penalty part of this gradient is no multiple of the gradient of the penalty in ${loss} with respect to ${weights}.`;
  }
}

function factorsMessage(found: Extract<Found, { readonly kind: "factors" }>): string {
  const { data, penalty, ratio, lambda } = found;
  const acts = `your effective λ is ${effectiveLambda(lambda?.name ?? "λ", ratio)}`;
  const climbs = ratio.value < 0 ? ", so the penalty drives the weights away from zero" : "";
  if (data === undefined || penalty === undefined) {
    return `Relative to its penalty, the data gradient is ${factorText(ratio)} the loss's: ${acts}${climbs}.`;
  }
  const given = `The data gradient is ${factorText(data)} the loss's, the penalty gradient ${factorText(penalty)}`;
  if (found.isAgainstTextbook) {
    const origin = isTwo(data)
      ? "; the 2 belongs to the mean squared error, λ/m to its half form"
      : "";
    return `${given}, for J = Σ(h − y)²/(2m) + λ‖θ‖²/(2m)${origin}: ${acts}.`;
  }
  return `${given}: ${acts}${climbs}.`;
}

const isTwo = ({ value, power }: { value: number; power: number }): boolean =>
  value === 2 && power === 0;

function fixesOf(found: Found, text: string): readonly Fix[] {
  if (found.kind !== "factors") return [];
  const factor = found.culprit === "data" ? found.data : found.penalty;
  const other = found.culprit === "data" ? found.penalty : found.data;
  const [addend, ...others] = culprits(found);
  if (addend === undefined || others.length > 0 || factor?.power !== 0) return [];
  if (other?.value !== 1 || other.power !== 0) return [];
  const edit = rescaleEdit(addend, 1 / factor.value, text);
  if (edit === undefined) return [];
  const title = `Scale the ${found.culprit} gradient as the loss does`;
  return [{ title, safety: "unsafe", edits: [edit] }];
}
