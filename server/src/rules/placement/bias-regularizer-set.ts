import { defineRule } from "../../engine/rule.ts";
import type { OffsetPenaltyFact } from "../../facts/offset-penalty.ts";
import { removeArgument } from "../../semantics/insertions.ts";
import { writtenKeyword } from "../../semantics/written-name.ts";

export const biasRegularizerSet = defineRule({
  code: "NL406",
  name: "bias-regularizer-set",
  family: "placement",
  severity: "hint",
  preview: true,
  mentions: [
    [
      "bias_regularizer",
      "gamma_regularizer",
      "beta_regularizer",
      "biasregularizer",
      "gammaregularizer",
      "betaregularizer",
    ],
  ],
  on: "offsetPenalty",
  docs: {
    language: "python",
    what: "Notes a penalty on the bias of a layer, or on the scale or offset of a normalisation.",
    why: "A bias lets no function become wilder, it moves the output: a penalty on it pulls predictions towards 0 instead of making the model simpler. There are few of them, so they hardly overfit.",
    bad: [
      "from keras.layers import Dense",
      "from keras.regularizers import l2",
      "",
      "layer = Dense(64, kernel_regularizer=l2(1e-4), bias_regularizer=l2(1e-4))",
      "",
    ].join("\n"),
    good: [
      "from keras.layers import Dense",
      "from keras.regularizers import l2",
      "",
      "layer = Dense(64, kernel_regularizer=l2(1e-4))",
      "",
    ].join("\n"),
    javascript: {
      bad: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const layer = tf.layers.dense({",
        "  units: 64,",
        "  kernelRegularizer: tf.regularizers.l2({ l2: 1e-4 }),",
        "  biasRegularizer: tf.regularizers.l2({ l2: 1e-4 }),",
        "});",
        "",
      ].join("\n"),
      good: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const layer = tf.layers.dense({",
        "  units: 64,",
        "  kernelRegularizer: tf.regularizers.l2({ l2: 1e-4 }),",
        "});",
        "",
      ].join("\n"),
    },
    limits:
      "One report a layer. Silent where the coefficient is 0 or not known, beside an `activity_regularizer`, and where a comment in the call says why.",
    references: ["Goodfellow, Bengio & Courville 2016, Deep Learning, 7.1"],
  },

  *check(penalty, { facts }) {
    const { argument, coefficient, layer, program } = penalty;
    if (coefficient === undefined || coefficient.value <= 0 || isDecided(penalty)) return;
    const first = facts("offsetPenalty").find((other) => other.layer === layer);
    if (first !== penalty) return;
    const name = writtenKeyword(argument, program);
    const what = argument.name === "bias_regularizer" ? "the bias" : "the normalisation";
    yield {
      span: argument.span,
      message: `\`${name}\` pulls ${what} of this layer to 0 with ${coefficient.value}, which moves its output and adds no smoothness.`,
      fixes: [
        {
          title: `Remove \`${name}\``,
          safety: "unsafe",
          edits: [removeArgument(layer, argument, program.module.text)],
        },
      ],
    };
  },
});

function isDecided({ layer, program }: OffsetPenaltyFact): boolean {
  const { start, end } = layer.span;
  const isExplained = program.module.comments.some(
    ({ span }) => span.start >= start && span.end <= end,
  );
  return isExplained || layer.arguments.some(({ name }) => name === "activity_regularizer");
}
