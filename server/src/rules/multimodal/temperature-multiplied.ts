import { defineRule } from "../../engine/rule.ts";
import type { SimilarityLogitsFact } from "../../facts/similarity-logits.ts";
import { wordsOf } from "../../semantics/identifier-words.ts";
import { lastName } from "../../semantics/program-index.ts";
import type { LogitScale } from "../../semantics/scaled-logits.ts";
import { multipliesTemperature } from "../../semantics/temperature-name.ts";
import type { Expression } from "../../syntax/python/ast.ts";
import { expressionsIn } from "../../syntax/python/walk.ts";

export const temperatureMultiplied = defineRule({
  code: "NL707",
  name: "temperature-multiplied",
  family: "multimodal",
  severity: "error",
  preview: false,
  mentions: [
    ["temp", "\btau", "_tau", "\btao"],
    ["softmax", "cross_entropy", "crossentropyloss"],
    multipliesTemperature,
  ],
  on: "similarityLogits",
  docs: {
    language: "python",
    what: "Finds similarities that are multiplied by a temperature below 1 before a softmax.",
    why: "A temperature divides: cosines over τ = 0.07 span ±14 and single out the match. Times 0.07 they span ±0.07, the softmax is flat whatever the features, and there is almost no gradient to learn from.",
    bad: [
      "import torch.nn.functional as F",
      "",
      "def loss(a, b, labels, temperature=0.07):",
      "    sim = F.normalize(a, dim=-1) @ F.normalize(b, dim=-1).t()",
      "    return F.cross_entropy(sim * temperature, labels)",
      "",
    ].join("\n"),
    good: [
      "import torch.nn.functional as F",
      "",
      "def loss(a, b, labels, temperature=0.07):",
      "    sim = F.normalize(a, dim=-1) @ F.normalize(b, dim=-1).t()",
      "    return F.cross_entropy(sim / temperature, labels)",
      "",
    ].join("\n"),
    limits:
      "The value must be in sight and between 0 and 1. A name that speaks of a scale or of an inverse temperature is believed, and distances are left alone.",
    references: [
      "Hinton et al. 2015, arXiv:1503.02531, section 2",
      "Wu et al. 2018, arXiv:1805.01978, section 3.2",
    ],
  },

  *check({ product, core, scales, sinks, site, learned }, { document }) {
    if (sinks.length === 0 || (product === undefined && !isSimilarity(core))) return;
    for (const scale of scales) {
      const value = isTemperature(scale) ? startingValue(scale, learned) : undefined;
      if (value === undefined || value <= 0 || value >= 1) continue;
      const name = document.text.slice(scale.node.span.start, scale.node.span.end);
      const canDivide = scale.node.span.start > scale.operatorSpan.start;
      yield {
        span: scale.node.span,
        message: `These similarities are multiplied by \`${name}\` = ${value}, which flattens the softmax; a temperature divides.`,
        related:
          site.statement === sinks[0]?.site.statement
            ? []
            : sinks.slice(0, 1).map(({ call }) => ({ span: call.span, message: "The softmax." })),
        fixes: canDivide
          ? [
              {
                title: "Divide by the temperature",
                safety: "unsafe",
                edits: [{ span: scale.operatorSpan, newText: "/" }],
              },
            ]
          : [],
      };
    }
  },
});

/** A number, or the number that a learned temperature starts at. */
function startingValue(
  scale: LogitScale,
  learned: SimilarityLogitsFact["learned"],
): number | undefined {
  return scale.value ?? (learned?.scale === scale ? learned.parameter.start : undefined);
}

const TEMPERATURES = new Set(["temp", "temperature", "tau", "tao"]);
const OTHERS = new Set([
  "scale",
  "inv",
  "inverse",
  "reciprocal",
  "log",
  "one",
  "over",
  "max",
  "min",
]);

function isTemperature({ operator, node, isExponential }: LogitScale): boolean {
  const words = wordsOf(lastName(node) ?? "");
  return (
    operator === "*" &&
    !isExponential &&
    words.some((word) => TEMPERATURES.has(word)) &&
    !words.some((word) => OTHERS.has(word))
  );
}

/** Whether what is scaled is called a similarity, and no distance. */
function isSimilarity(core: Expression): boolean {
  const words = [...expressionsIn(core)].flatMap((part) => wordsOf(lastName(part) ?? ""));
  const isOne = words.some((word) =>
    /^(?:sims?|similarit(?:y|ies)|cos|cosine|logits?)$/.test(word),
  );
  return isOne && !words.some((word) => /^(?:dist|distances?|cdist|norm)$/.test(word));
}
