import { defineRule, type Edit, type Fix, type RuleContext } from "../../engine/rule.ts";
import type { WeightMaskFact } from "../../facts/weight-mask.ts";
import { isSameBound } from "../../math/is-same-bound.ts";
import { type SignedBound, signedBound } from "../../math/signed-bound.ts";
import type { Expression } from "../../syntax/python/ast.ts";

export const clipThresholdInconsistent = defineRule({
  code: "NL602",
  name: "clip-threshold-inconsistent",
  family: "sparsity",
  severity: "error",
  preview: false,
  mentions: [["abs"], ["\bsign\b", "\bsgn\b"]],
  on: "weightMask",
  docs: {
    what: "Finds clipping that compares |w| with one bound and puts ±another in its place.",
    why: "Clipping is continuous: an entry at the bound stays where it is. With two bounds, weights just past the first jump to the second. Where that is smaller, large weights end below ones that were not clipped; where it is larger, clipping makes weights grow.",
    bad: [
      "import numpy as np",
      "",
      "def clip(w, t):",
      "    return np.where(np.abs(w) > t * w.std(), np.sign(w) * t, w)",
      "",
    ].join("\n"),
    good: [
      "import numpy as np",
      "",
      "def clip(w, t):",
      "    return np.clip(w, -t * w.std(), t * w.std())",
      "",
    ].join("\n"),
    language: "python",
    limits:
      "The two bounds are compared by value, with names followed to their definitions; bounds that come out of unknown functions are left alone. Soft thresholding, sign(w)·(|w| − t), is no clipping, and code that speaks of hysteresis means its two bounds.",
    references: ["NumPy manual, numpy.clip", "PyTorch manual, torch.clamp"],
  },

  *check(fact, context) {
    const { value, condition, replaced } = fact;
    if (value === undefined || replaced !== "large") return;
    if (fact.names.some((name) => /hyster/i.test(name))) return;
    const bound = signedBound(value, condition.array, fact.program, context.document.text);
    if (bound === undefined) return;
    const question = { array: condition.array, wanted: condition.threshold, ...bound };
    if (isSameBound(question, fact.program) !== false) return;
    const textOf = sliceOf(context);
    const threshold = textOf(condition.threshold);
    yield {
      span: value.span,
      message: `Entries past \`${threshold}\` are set to ±\`${bound.text}\`: a weight at the threshold jumps, where clipping would leave it at ±\`${threshold}\`.`,
      fixes: [fixOf(fact, bound, value, textOf)],
    };
  },
});

type TextOf = (expression: Expression) => string;

const sliceOf =
  ({ document }: RuleContext): TextOf =>
  ({ span }) =>
    document.text.slice(span.start, span.end);

function fixOf(
  { condition, whereCall }: WeightMaskFact,
  bound: SignedBound,
  value: Expression,
  textOf: TextOf,
): Fix {
  const threshold = textOf(condition.threshold);
  const clip = whereCall && clipFunction(textOf(whereCall.callee));
  if (whereCall === undefined || clip === undefined) {
    const newText = `${asFactor(condition.threshold, threshold)} * ${textOf(bound.sign)}`;
    return fix(`Set them to ±\`${threshold}\``, { span: value.span, newText });
  }
  const negative = `-${asFactor(condition.threshold, threshold)}`;
  const newText = `${clip}(${textOf(condition.array)}, ${negative}, ${threshold})`;
  return fix(`Use \`${clip}\``, { span: whereCall.span, newText });
}

const fix = (title: string, edit: Edit): Fix => ({ title, safety: "safe", edits: [edit] });

/** `np.clip` for `np.where`; `undefined` where `where` was imported by itself. */
function clipFunction(where: string): string | undefined {
  const library = /^(.+)\.where$/.exec(where)?.[1];
  if (library === undefined) return undefined;
  return library === "torch" ? "torch.clamp" : `${library}.clip`;
}

/** An expression as a factor of a product, or after a minus sign. */
function asFactor(expression: Expression, text: string): string {
  const binds =
    ["name", "number", "attribute", "call", "subscript"].includes(expression.kind) ||
    (expression.kind === "binary" && ["*", "/", "**"].includes(expression.operator));
  return binds ? text : `(${text})`;
}
