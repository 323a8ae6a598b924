import { defineRule, type Fix, type Report } from "../../engine/rule.ts";
import type { DropoutFact } from "../../facts/dropout.ts";
import { type KnownNumber, knownNumber } from "../../semantics/call-arguments.ts";
import { numberText } from "../../semantics/decay-suggestion.ts";
import { mayGiveOddRate } from "../../semantics/dropout-signs.ts";
import { isTestPath } from "../../semantics/training-setup.ts";
import { writtenCallee } from "../../semantics/written-name.ts";

/** Rates above this leave too little of a layer to learn from. */
const MOST_DROPPED = 0.8;
const LEAST_KEPT = 0.3;

export const dropoutRateInvalid = defineRule({
  code: "NL205",
  name: "dropout-rate-invalid",
  family: "scale",
  severity: "error",
  preview: false,
  mentions: [["drop", "keep_prob"], mayGiveOddRate],
  on: "dropout",
  docs: {
    language: "python",
    what: "Finds a dropout rate that is no share between 0 and 1, or that drops nearly everything.",
    why: "The rate is the share of activations that is set to zero. A percentage or a negative number raises an error when the layer is built; 1 sets all outputs to zero; above 0.8 only a few units carry the signal in each step, and the others get no gradient.",
    bad: ["from torch import nn", "", "drop = nn.Dropout(50)", ""].join("\n"),
    good: ["from torch import nn", "", "drop = nn.Dropout(0.5)", ""].join("\n"),
    javascript: {
      bad: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const drop = tf.layers.dropout({ rate: 50 });",
        "",
      ].join("\n"),
      good: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const drop = tf.layers.dropout({ rate: 0.5 });",
        "",
      ].join("\n"),
    },
    limits:
      "Speaks where the number is in sight. Rates of stochastic depth and DropBlock follow schedules and are left alone, and so are tests. `keep_prob` of TensorFlow 1 is the share that is kept.",
    references: [
      "Srivastava et al. 2014, Dropout, JMLR 15, section 7.3",
      "PyTorch manual, torch.nn.Dropout",
    ],
  },

  *check(dropout, { document }) {
    const rate = knownNumber(dropout.rate);
    if (rate === undefined || isTestPath(document.path)) return;
    // A default of -1 says that there is no rate unless one is given.
    if (rate.kind === "default" && rate.value < 0) return;
    const report = dropout.counts === "keep" ? ofKept(rate) : ofDropped(dropout, rate);
    if (report !== undefined) yield { ...report, confidence: rate.kind === "constant" ? 1 : 0.7 };
  },
});

function ofDropped(
  { qualifiedName, call, program }: DropoutFact,
  rate: KnownNumber,
): Report | undefined {
  const { value, span } = rate;
  const name = writtenCallee(call, qualifiedName, program);
  const written = numberText(value);
  if (value < 0 || value > 1) {
    const message = `A dropout rate is a share between 0 and 1: \`${name}\` cannot drop ${written} of its inputs.`;
    return { span, message, fixes: percentage(rate) };
  }
  if (value === 1) {
    return {
      span,
      message: `\`${name}\` with rate 1 sets all of its outputs to zero in training.`,
    };
  }
  if (value <= MOST_DROPPED) return undefined;
  return {
    span,
    severity: "warning",
    message: `\`${name}\` drops ${written} of its inputs, so only ${share(1 - value)} % carry the signal in each step.`,
  };
}

/** TensorFlow 1 counts what is kept, later versions what is dropped. */
function ofKept({ value, span, origin }: KnownNumber): Report | undefined {
  if (value > LEAST_KEPT || value < 0) return undefined;
  const dropped = numberText(Number((1 - value).toPrecision(4)));
  return {
    span,
    severity: "warning",
    message: `\`keep_prob=${numberText(value)}\` is the share that is kept: ${share(1 - value)} % are dropped.`,
    fixes: [
      {
        title: `Keep ${dropped}`,
        safety: "unsafe",
        edits: [{ span: origin, newText: dropped }],
      },
    ],
  };
}

const share = (value: number) => Number((value * 100).toPrecision(3));

function percentage({ value, origin }: KnownNumber): Fix[] {
  if (value <= 1 || value >= 100) return [];
  const newText = numberText(Number((value / 100).toPrecision(4)));
  return [{ title: `Drop ${newText}`, safety: "unsafe", edits: [{ span: origin, newText }] }];
}
