import type { Span } from "../../../../core/protocol/span.ts";
import { defineRule, type Fix } from "../../engine/rule.ts";
import type { SuppressionFact } from "../../facts/suppression.ts";

export const unusedSuppression = defineRule({
  code: "NLC14",
  name: "unused-suppression",
  family: "config",
  severity: "hint",
  preview: false,
  mentions: [["#normlens"]],
  on: "suppression",
  docs: {
    language: "python",
    what: "Finds `normlens: ignore[…]` comments that silence nothing: the rule has no finding there, or no rule has that name.",
    why: "The comment outlives the code that it was written for. When the fault comes back, perhaps in another form, it is silent from the first day.",
    bad: [
      "import numpy as np",
      "",
      "def prune_weights(w, t):",
      "    w[np.abs(w) < t] = 0  # normlens: ignore[NL601]",
      "    return w",
      "",
    ].join("\n"),
    good: [
      "import numpy as np",
      "",
      "def prune_weights(w, t):",
      "    w[np.abs(w) > t] = 0  # normlens: ignore[NL601]",
      "    return w",
      "",
    ].join("\n"),
    javascript: {
      bad: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const drop = tf.layers.dropout({ rate: 0.5 }); // normlens: ignore[NL205]",
        "",
      ].join("\n"),
      good: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const drop = tf.layers.dropout({ rate: 50 }); // normlens: ignore[NL205]",
        "",
      ].join("\n"),
    },
    limits:
      "A rule that the settings switch off counts as if it were on: its comment is of use to those who switch it on.",
    references: ["The same idea in Ruff: RUF100 `unused-noqa`"],
  },

  *check(suppression, { document, findings, isRule }) {
    const { id, span } = suppression;
    const isKnown = isRule(id);
    if (isKnown && findings(id).some(suppression.silences)) return;
    yield {
      span,
      message: isKnown
        ? `\`${id}\` silences nothing here: there is no such finding ${placeOf(suppression)}.`
        : `No rule is named \`${id}\`: this silences nothing.`,
      fixes: [remove(suppression, document.text)],
    };
  },
});

function placeOf({ directive }: SuppressionFact): string {
  return directive.line === undefined ? "in this file" : "on this line";
}

/** Takes the id out of its list, or the whole comment where nothing else is in it. */
function remove({ directive, span }: SuppressionFact, text: string): Fix {
  const others = directive.ids.length > 1;
  return {
    title: others ? "Take it out of the list" : "Remove the comment",
    safety: "safe",
    edits: [{ span: others ? inList(span, text) : wholeOf(directive, text), newText: "" }],
  };
}

/** The id with the comma that parts it from its neighbour. */
function inList({ start, end }: Span, text: string): Span {
  const after = /^\s*,\s*/.exec(text.slice(end));
  if (after !== null) return { start, end: end + after[0].length };
  const before = /\s*,\s*$/.exec(text.slice(0, start));
  return { start: start - (before?.[0].length ?? 0), end };
}

/** The directive, with its comment where that says nothing else, and with the line where that is empty then. */
function wholeOf({ span, comment }: SuppressionFact["directive"], text: string): Span {
  const rest = text.slice(comment.start, span.start) + text.slice(span.end, comment.end);
  if (!/^(?:#|\/\/|\/\*)\s*(?:\*\/)?$/.test(rest)) return span;
  const lineStart = Math.max(text.lastIndexOf("\n", comment.start - 1) + 1, 0);
  const before = text.slice(lineStart, comment.start);
  if (before.trim() !== "") {
    return { start: lineStart + before.trimEnd().length, end: comment.end };
  }
  const lineEnd = /^[ \t]*(?:\r\n|\r|\n)?/.exec(text.slice(comment.end));
  return { start: lineStart, end: comment.end + (lineEnd?.[0].length ?? 0) };
}
