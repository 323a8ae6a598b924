import { defineRule, type Fix } from "../../engine/rule.ts";
import type { PruningFact } from "../../facts/pruning.ts";
import { numberText } from "../../semantics/decay-suggestion.ts";

/** Larger whole numbers are counts on purpose. */
const MOST_PERCENT = 100;

export const pruneAmountIsCount = defineRule({
  code: "NL603",
  name: "prune-amount-is-count",
  family: "sparsity",
  severity: "warning",
  preview: false,
  mentions: [["prune"], ["amount", "unstructured", "structured"]],
  on: "pruning",
  docs: {
    language: "python",
    what: "Finds an `amount` of torch's pruning that looks like a percentage: a whole number from 2 to 100, or a fraction above 1.",
    why: "A whole number is the number of weights to prune, a float the share of them. `amount=50` prunes 50 weights of what may be a million, and the model stays as dense as it was; 1.5 raises an error.",
    bad: [
      "import torch.nn.utils.prune as prune",
      "",
      'prune.l1_unstructured(layer, "weight", amount=50)',
      "",
    ].join("\n"),
    good: [
      "import torch.nn.utils.prune as prune",
      "",
      'prune.l1_unstructured(layer, "weight", amount=0.5)',
      "",
    ].join("\n"),
    limits:
      "Numbers above 100 are counts on purpose, and so are names such as `n` or `count`. Whole channels are few: structured pruning is judged only for the multiples of ten that percentages are written in.",
    references: ["PyTorch manual, torch.nn.utils.prune.l1_unstructured"],
  },

  *check(pruning) {
    const { amount, isStructured, isWhole, isCount } = pruning;
    const { value, span } = amount;
    if (value <= 1 || isCount) return;
    if (!isWhole) {
      yield {
        span,
        severity: "error",
        message: `A share of ${numberText(value)} is more than there is: \`amount\` as a float is between 0 and 1.`,
        fixes: value < MOST_PERCENT ? [share(pruning)] : [],
      };
      return;
    }
    const isPercent = isStructured ? value % 10 === 0 && value < MOST_PERCENT : true;
    if (value > MOST_PERCENT || !isPercent) return;
    const unit = isStructured ? "channels" : "weights";
    yield {
      span,
      message: `\`amount=${value}\` prunes ${value} ${unit}, not ${value} %: a whole number is a count.`,
      fixes: [share(pruning)],
    };
  },
});

function share({ amount: { value, origin } }: PruningFact): Fix {
  const newText = numberText(Number((value / 100).toPrecision(4)));
  return {
    title: `Prune the share ${newText === "1" ? "1.0" : newText}`,
    safety: "unsafe",
    edits: [{ span: origin, newText: newText === "1" ? "1.0" : newText }],
  };
}
