import type { Span } from "../../../../core/protocol/span.ts";
import { defineRule, type Edit, type Fix } from "../../engine/rule.ts";
import type { SoftThresholdFact } from "../../facts/soft-threshold.ts";

export const softThresholdMissingStep = defineRule({
  code: "NL314",
  name: "soft-threshold-missing-step",
  family: "formula",
  severity: "warning",
  preview: true,
  mentions: [
    ["\bsign\b", "\bsgn\b", "softshrink"],
    ["abs", "softshrink"],
  ],
  on: "softThreshold",
  docs: {
    language: "python",
    what: "Finds a soft threshold after a gradient step that shrinks by λ instead of η·λ, or that lets small weights change their sign.",
    why: "The proximal step of η·λ‖w‖₁ is sign(w)·max(|w| − ηλ, 0). Shrinking by λ at each of the small steps is a penalty 1/η times as strong as λ says; without the maximum, a weight below the threshold jumps to the other side of zero instead of becoming zero.",
    bad: [
      "import numpy as np",
      "",
      "def step(w, g, lr, lam):",
      "    w = w - lr * g",
      "    w = np.sign(w) * (np.abs(w) - lam)",
      "    return w",
      "",
    ].join("\n"),
    good: [
      "import numpy as np",
      "",
      "def step(w, g, lr, lam):",
      "    w = w - lr * g",
      "    w = np.sign(w) * np.maximum(np.abs(w) - lr * lam, 0.0)",
      "    return w",
      "",
    ].join("\n"),
    limits:
      "The gradient step must stand beside the threshold and be scaled by one name. A threshold that is not called after λ may hold the step already, and coordinate descent takes no such step.",
    references: ["Beck & Teboulle 2009, doi:10.1137/080716542, eq. (1.4) and (2.6)"],
  },

  *check(fact, { document }) {
    const { name, statement, isBare, isCut, rates, difference } = fact;
    if (!isBare && isCut) return;
    const { text } = document;
    const threshold = within(difference.right.origin?.span, statement.span);
    const rate = rates[0]?.name ?? "the learning rate";
    const lambda = threshold === undefined ? "λ" : text.slice(threshold.start, threshold.end);
    const shrinks = `shrinks \`${name}\` by \`${lambda}\` at every step, where the step has \`${rate}\` and the penalty asks for \`${rate} * ${lambda}\``;
    const jumps = "weights below the threshold change their sign instead of becoming zero";
    const faults = [...(isBare ? [shrinks] : []), ...(isCut ? [] : [jumps])];
    yield {
      span: statement.span,
      message: isBare ? `This ${faults.join("; ")}.` : `Here ${jumps}.`,
      fixes: fixesOf(fact, rate, text),
    };
  },
});

const within = (span: Span | undefined, outer: Span): Span | undefined =>
  span !== undefined && span.start >= outer.start && span.end <= outer.end ? span : undefined;

function fixesOf(
  { difference, statement, isBare, isCut }: SoftThresholdFact,
  rate: string,
  text: string,
): readonly Fix[] {
  const threshold = within(difference.right.origin?.span, statement.span);
  const whole = within(difference.origin?.span, statement.span);
  const isNumpy = /\bnp\./.test(text.slice(statement.span.start, statement.span.end));
  if (threshold === undefined || (!isCut && (whole === undefined || !isNumpy))) return [];
  const at = (place: number, newText: string): Edit => ({
    span: { start: place, end: place },
    newText,
  });
  const cut =
    isCut || whole === undefined ? [] : [at(whole.start, "np.maximum("), at(whole.end, ", 0.0)")];
  const edits = [...(isBare ? [at(threshold.start, `${rate} * `)] : []), ...cut];
  return [{ title: "Use the proximal step of η·λ‖w‖₁", safety: "unsafe", edits }];
}
