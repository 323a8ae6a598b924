import { defineRule, type Fix } from "../../engine/rule.ts";
import type { WeightMaskFact } from "../../facts/weight-mask.ts";

/** What says that the small weights are the ones to go. */
const PRUNING = /prun|spars/i;
/** What says that the large ones are meant, or that it is not weights that are masked. */
const OTHER = /clip|clamp|outlier|winsor|anomal|spike|grad/i;

export const pruneZeroesLargest = defineRule({
  code: "NL601",
  name: "prune-zeroes-largest",
  family: "sparsity",
  severity: "error",
  preview: false,
  mentions: [["abs"], ["prun", "spars"]],
  on: "weightMask",
  docs: {
    what: "Finds pruning code that sets the weights above a threshold to zero and keeps those below it.",
    why: "Magnitude pruning removes the weights that matter least, the smallest. With the comparison the wrong way round the largest go, and with them most of what the model has learned, while the count of zeros may look just as planned.",
    bad: [
      "import numpy as np",
      "",
      "def prune_weights(w, t):",
      "    w[np.abs(w) > t] = 0",
      "    return w",
      "",
    ].join("\n"),
    good: [
      "import numpy as np",
      "",
      "def prune_weights(w, t):",
      "    w[np.abs(w) < t] = 0",
      "    return w",
      "",
    ].join("\n"),
    language: "python",
    limits:
      "Speaks where a function, class or array is named after pruning or sparsity; code that clips, removes outliers or masks gradients is left alone. A comparison that is kept under a name is flipped only when nothing else reads the name.",
    references: [
      "Han, Pool, Tran & Dally 2015, Learning both weights and connections for efficient neural networks, arXiv:1506.02626, section 3",
    ],
  },

  *check(fact, { document, facts }) {
    if (!fact.isZero || fact.replaced !== "large") return;
    if (!fact.names.some((name) => PRUNING.test(name))) return;
    if (fact.names.some((name) => OTHER.test(name))) return;
    const { comparison, threshold } = fact.condition;
    const text = document.text.slice(threshold.span.start, threshold.span.end);
    const isShared = facts("weightMask").some(
      (other) => other !== fact && other.condition.comparison === comparison,
    );
    yield {
      span: comparison.span,
      message: `This zeroes the weights whose size is above \`${text}\` and keeps the small ones: magnitude pruning removes the smallest.`,
      fixes: isShared ? [] : [flip(fact)],
    };
  },
});

function flip({ condition }: WeightMaskFact): Fix {
  return {
    title: "Flip the comparison",
    safety: "safe",
    edits: [{ span: condition.operatorSpan, newText: condition.flippedOperator }],
  };
}
