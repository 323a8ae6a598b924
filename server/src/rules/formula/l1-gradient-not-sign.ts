import { defineRule, type Fix } from "../../engine/rule.ts";
import type { HandGradientFact } from "../../facts/hand-gradient.ts";
import { mayHoldL1Gradient } from "../../math/gradient-signs.ts";
import { type L1Fault, l1FaultsOf } from "../../math/l1-gradient.ts";

export const l1GradientNotSign = defineRule({
  code: "NL313",
  name: "l1-gradient-not-sign",
  family: "formula",
  severity: "error",
  preview: false,
  mentions: [
    ["\babs\b", "\babsolute\b", "\bfabs\b", "norm"],
    ["\bnp\b", "numpy", "torch", "\bjax", "jnp", "tensorflow"],
    mayHoldL1Gradient,
  ],
  on: "handGradient",
  docs: {
    what: "Finds a hand-written gradient whose L1 part is `abs(w)`, `w` or `w / abs(w)` where `sign(w)` belongs.",
    why: "The derivative of |w| is sign(w). With |w| every weight is pushed down, negative ones away from zero; with w the penalty is the ridge's and sets nothing to zero; w/|w| is 0/0 at the zeros that L1 is used for, and the NaN never leaves the weights.",
    bad: [
      "import numpy as np",
      "",
      "def gradient(X, e, w, lam, m):",
      "    g = X.T @ e / m + lam * np.abs(w)",
      "    return g",
      "",
    ].join("\n"),
    good: [
      "import numpy as np",
      "",
      "def gradient(X, e, w, lam, m):",
      "    g = X.T @ e / m + lam * np.sign(w)",
      "    return g",
      "",
    ].join("\n"),
    language: "python",
    limits:
      "λ·w is reported only beside a loss whose penalty is the 1-norm; by itself it is the ridge's gradient. A smooth form such as `w / np.sqrt(w ** 2 + eps)` and a guarded quotient are left alone.",
    references: [
      "Tibshirani 1996, Regression shrinkage and selection via the lasso, J. R. Stat. Soc. B 58, section 2",
    ],
  },

  *check(fact, { document }) {
    for (const fault of l1FaultsOf(fact)) {
      const { origin } = fault.addend.written;
      if (origin === undefined) continue;
      yield {
        span: (fault.addend.definition ?? origin).span,
        message: messageOf(fault, fact.parameter.name),
        fixes: fixesOf(fault, fact, document.text),
      };
    }
  },
});

function messageOf({ form }: L1Fault, name: string): string {
  switch (form) {
    case "absolute":
      return `The derivative of |${name}| is sign(${name}): \`abs(${name})\` in the gradient pushes every weight down, negative ones away from zero.`;
    case "weight":
      return `The loss has ‖${name}‖₁, whose gradient is sign(${name}); this term is the gradient of ‖${name}‖₂², which sets no weight to zero.`;
    case "quotient":
      return `\`${name} / abs(${name})\` is 0/0 where a weight is zero: use sign(${name}), which is 0 there.`;
  }
}

function fixesOf(
  { form, written }: L1Fault,
  { parameter }: HandGradientFact,
  text: string,
): readonly Fix[] {
  if (written === undefined) return [];
  const sign = signCall(form, written, parameter.name, text);
  if (sign === undefined) return [];
  return [
    {
      title: "Use the sign of the weights",
      safety: form === "weight" ? "unsafe" : "safe",
      edits: [sign],
    },
  ];
}

/** `np.sign(w)` for `np.abs(w)`, with the module that the code calls `abs` of. */
function signCall(
  form: L1Fault["form"],
  written: NonNullable<L1Fault["written"]>,
  name: string,
  text: string,
) {
  const { span } = written;
  if (form === "absolute" && written.kind === "call" && written.callee.kind === "attribute") {
    return { span: written.callee.attributeSpan, newText: "sign" };
  }
  const module = /\bnp\./.test(text) ? "np" : undefined;
  return module === undefined ? undefined : { span, newText: `${module}.sign(${name})` };
}
