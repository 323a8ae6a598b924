import { defineRule, type Fix } from "../../engine/rule.ts";
import type { LogitSink, SimilarityLogitsFact } from "../../facts/similarity-logits.ts";
import { wordsOf } from "../../semantics/identifier-words.ts";
import { mayMatchRows } from "../../semantics/softmax-calls.ts";
import type { Expression } from "../../syntax/python/ast.ts";
import { expressionsIn } from "../../syntax/python/walk.ts";

export const oneDirectionalContrastive = defineRule({
  code: "NL704",
  name: "one-directional-contrastive",
  family: "multimodal",
  severity: "information",
  preview: true,
  mentions: [
    ["arange"],
    ["cross_entropy", "crossentropyloss"],
    ["image", "img", "visual", "vision", "video", "audio"],
    mayMatchRows,
  ],
  on: "similarityLogits",
  docs: {
    language: "python",
    what: "Finds a contrastive loss between two modalities that asks for the match in one direction alone.",
    why: "With the rows alone, each image picks its text among all texts, but no text has to pick its image: retrieval in the other direction lags, and one text that fits many images costs nothing.",
    bad: [
      "import torch",
      "import torch.nn.functional as F",
      "",
      "def loss(image_features, text_features, scale):",
      "    logits = scale * image_features @ text_features.t()",
      "    labels = torch.arange(len(logits))",
      "    return F.cross_entropy(logits, labels)",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "import torch.nn.functional as F",
      "",
      "def loss(image_features, text_features, scale):",
      "    logits = scale * image_features @ text_features.t()",
      "    labels = torch.arange(len(logits))",
      "    return (F.cross_entropy(logits, labels) + F.cross_entropy(logits.t(), labels)) / 2",
      "",
    ].join("\n"),
    limits:
      "The two sides must be called after two modalities. A loss function that is called twice, once for each direction, one that adds several contrastive losses, and a bank of negatives are left alone.",
    references: ["Radford et al. 2021, arXiv:2103.00020, figure 3"],
  },

  *check(fact, { document, facts }) {
    const { product, sinks, twin, callCount } = fact;
    if (product === undefined || twin !== undefined || callCount > 1) return;
    if (facts("similarityLogits").some((other) => isBeside(other, fact))) return;
    const [sink, ...others] = sinks.filter(({ kind }) => kind === "cross entropy");
    if (sink === undefined || others.length > 0 || !sink.isPairwise) return;
    const [left, right] = [modalityOf(product.left), modalityOf(product.right)];
    if (left === undefined || right === undefined || left === right) return;
    const [from, to] = sink.isTransposed ? [right, left] : [left, right];
    yield {
      span: sink.call.span,
      message: `This loss asks each ${from} for its ${to} and no ${to} for its ${from}.`,
      fixes: fixesOf(sink, document.text),
    };
  },
});

/** True for another contrastive loss of the same function: a published recipe weighs its own pairs. */
function isBeside(other: SimilarityLogitsFact, { product, site }: SimilarityLogitsFact): boolean {
  return (
    other.product !== product &&
    other.site.within.at(-1) === site.within.at(-1) &&
    other.sinks.some(({ kind }) => kind === "cross entropy")
  );
}

const MODALITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    image: "image img images imgs visual vision photo",
    text: "text txt texts caption captions sentence language",
    video: "video videos",
    audio: "audio speech sound",
  }).flatMap(([modality, words]) => words.split(" ").map((word) => [word, modality] as const)),
);

/** The modality that the names in an expression speak of; `undefined` for none or several. */
function modalityOf(side: Expression): string | undefined {
  const names = [...expressionsIn(side)].flatMap((part) =>
    part.kind === "name" ? [part.id] : part.kind === "attribute" ? [part.attribute] : [],
  );
  const found = new Set(names.flatMap(wordsOf).flatMap((word) => MODALITIES.get(word) ?? []));
  return found.size === 1 ? [...found][0] : undefined;
}

function fixesOf({ call }: LogitSink, text: string): readonly Fix[] {
  const logits = call.arguments[0];
  if (logits === undefined || logits.splat !== "none" || logits.value.kind !== "name") return [];
  const { start, end } = call.span;
  const written = text.slice(start, end);
  const at = logits.value.span.end;
  const turned = `${text.slice(start, at)}.T${text.slice(at, end)}`;
  return [
    {
      title: "Average the losses of both directions",
      safety: "suggestion",
      edits: [{ span: call.span, newText: `(${written} + ${turned}) / 2` }],
    },
  ];
}
