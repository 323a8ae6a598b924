import { defineRule, type Fix } from "../../engine/rule.ts";
import type { PenaltyStrengthFact } from "../../facts/penalty-strength.ts";
import { mayGiveStrength } from "../../facts/penalty-strength.ts";
import { numberText } from "../../semantics/decay-suggestion.ts";
import { isTestPath } from "../../semantics/training-setup.ts";

/** Largest coefficients of Σw² and Σ|w| that leave a loss of order 1 its say over many weights. */
const MOST = { l1: 0.01, l2: 0.05 };
const MANY_WEIGHTS = 10_000;

export const penaltyOverwhelmsDataTerm = defineRule({
  code: "NL202",
  name: "penalty-overwhelms-data-term",
  family: "scale",
  severity: "warning",
  preview: false,
  mentions: [
    ["l1", "l2", "decay", "norm", "abs", "pow"],
    ["keras", "torch", "optax", "optim", "regularizers"],
    mayGiveStrength,
  ],
  on: "penaltyStrength",
  docs: {
    language: "python",
    what: "Finds a penalty that is summed over ten thousand weights or more with a coefficient so large that it outweighs the loss on the data.",
    why: "A sum over n weights grows with n, while the loss is a mean over samples. With 0.1 · Σw² over 10,000 weights of size 0.05 the penalty alone is 2.5, as much as the loss of an untrained classifier of ten classes: the model learns to be small and little else.",
    bad: [
      "from keras import layers",
      "from keras.regularizers import l2",
      "",
      'hidden = layers.Dense(1024, activation="relu", kernel_regularizer=l2(0.1))',
      "",
    ].join("\n"),
    good: [
      "from keras import layers",
      "from keras.regularizers import l2",
      "",
      'hidden = layers.Dense(1024, activation="relu", kernel_regularizer=l2(1e-4))',
      "",
    ].join("\n"),
    javascript: {
      bad: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const hidden = tf.layers.dense({",
        "  units: 1024,",
        '  activation: "relu",',
        "  kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }),",
        "});",
        "",
      ].join("\n"),
      good: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const hidden = tf.layers.dense({",
        "  units: 1024,",
        '  activation: "relu",',
        "  kernelRegularizer: tf.regularizers.l2({ l2: 1e-4 }),",
        "});",
        "",
      ].join("\n"),
    },
    limits:
      "Judges penalties of Keras layers, weight decay that enters the gradient, and norms of a whole model that are written into a loss, where number and sizes are in sight. A Keras layer does not say how many inputs it has; 16 are assumed. Silent for means, for small layers, for linear models and in tests.",
    references: [
      "Keras manual, Layer weight regularizers",
      "Braiek & Khomh 2023, Testing feedforward neural networks training programs, TOSEM 32(4)",
    ],
  },

  *check(fact, { document }) {
    const { strength, norm, size, layerCount, optimizer } = fact;
    if (strength.value < MOST[norm] || size === undefined || size < MANY_WEIGHTS) return;
    if (layerCount === 1 || isTestPath(document.path)) return;
    if (optimizer !== undefined && optimizer.coupling !== "l2") return;
    yield {
      span: strength.span,
      confidence: strength.kind === "constant" ? 1 : 0.7,
      message: messageOf(fact, size),
      fixes: fixesOf(fact),
    };
  },
});

function messageOf({ source, norm, strength, optimizer }: PenaltyStrengthFact, size: number) {
  const sum = norm === "l1" ? "Σ|w|" : "Σw²";
  const count = `${(Math.floor(size / 1000) * 1000).toLocaleString("en")} weights or more`;
  const value = numberText(strength.value);
  if (source === "optimizer") {
    return `Weight decay ${value} adds ${value} · w to the gradient that \`${optimizer?.name ?? ""}\` sees, as a penalty of ${numberText(strength.value / 2)} · Σw² over ${count} would: that outweighs the loss.`;
  }
  return `${value} · ${sum} over ${count} outweighs the loss on the data, which is a mean over samples.`;
}

function fixesOf({ strength, norm }: PenaltyStrengthFact): Fix[] {
  const most = MOST[norm];
  const wanted = Math.min(strength.value / 100, most / 10);
  const newText = numberText(Number(wanted.toPrecision(1)));
  if (strength.origin.start < strength.span.start && strength.kind === "default") return [];
  return [
    {
      title: `Try ${newText}`,
      safety: "suggestion",
      edits: [{ span: strength.origin, newText }],
    },
  ];
}
