import { defineRule, type Fix, type Report } from "../../engine/rule.ts";
import type { PenaltyStrengthFact } from "../../facts/penalty-strength.ts";
import { mayGiveStrength } from "../../facts/penalty-strength.ts";
import { decayPerStep } from "../../semantics/decay-per-step.ts";
import {
  decayForSteps,
  numberText,
  STEPS_OF_TEN_EPOCHS,
} from "../../semantics/decay-suggestion.ts";
import { isTestPath } from "../../semantics/training-setup.ts";

/** A weight loses less than a thousandth in a million steps. */
const LEAST_PER_STEP = 1e-9;
/** Momentum makes plain SGD shrink weights up to this many times faster than lr · decay. */
const MOMENTUM_GAIN = 100;
const LEAST_PENALTY = 1e-9;

export const decayIsNoop = defineRule({
  code: "NL203",
  name: "decay-is-noop",
  family: "scale",
  severity: "information",
  preview: false,
  mentions: [
    ["decay", "l2", "norm", "pow"],
    ["optim", "optax", "keras", "torch", "trainingarguments"],
    mayGiveStrength,
  ],
  on: "penaltyStrength",
  docs: {
    language: "python",
    what: "Notes weight decay, or an L2 penalty, that is too small to change any weight during a training.",
    why: "Decoupled decay shrinks a weight by lr · decay in each step, so it takes 1 / (lr · decay) steps until 37 % of it are left. With 1e-3 · 3e-7 these are three billion steps: the code says that it regularizes, and does not.",
    bad: [
      "from torch import optim",
      "",
      "opt = optim.AdamW(net.parameters(), lr=1e-3, weight_decay=3e-7)",
      "",
    ].join("\n"),
    good: [
      "from torch import optim",
      "",
      "opt = optim.AdamW(net.parameters(), lr=1e-3, weight_decay=1e-2)",
      "",
    ].join("\n"),
    limits:
      "An explicit 0 is a decision. Silent where the learning rate is not in sight or may be scaled by a schedule, and for L2 in Adam and its relatives, where the rate does not tell how fast weights shrink.",
    references: ["Loshchilov & Hutter 2019, arXiv:1711.05101, algorithm 2"],
  },

  *check(fact, { document }) {
    if (fact.strength.value <= 0 || isTestPath(document.path)) return;
    const report = fact.source === "optimizer" ? ofOptimizer(fact) : ofPenalty(fact);
    if (report !== undefined) yield report;
  },
});

function ofOptimizer({ optimizer, strength }: PenaltyStrengthFact): Report | undefined {
  const decay = optimizer && decayPerStep(optimizer);
  if (decay === undefined || optimizer === undefined) return undefined;
  const gain = optimizer.coupling === "l2" ? MOMENTUM_GAIN : 1;
  if (decay.share * gain >= LEAST_PER_STEP) return undefined;
  const steps = (1 / decay.share).toExponential(0).replace("e+", "e");
  return {
    span: strength.span,
    confidence: decay.isCertain ? 1 : 0.9,
    message: `Weight decay ${numberText(decay.decay)} at a learning rate of ${numberText(decay.rate)} does nothing: a weight would need ${steps} steps to shrink to 37 %.`,
    related: decay.related,
    fixes: [fixOf(strength, decayForSteps(decay.rate, STEPS_OF_TEN_EPOCHS))],
  };
}

function ofPenalty({ norm, strength }: PenaltyStrengthFact): Report | undefined {
  if (norm !== "l2" || strength.value > LEAST_PENALTY) return undefined;
  return {
    span: strength.span,
    message: `A penalty of ${numberText(strength.value)} · Σw² does nothing: its gradient, ${numberText(2 * strength.value)} · w, is lost in the rounding of the loss's.`,
    fixes: [
      {
        title: "Try 1e-4",
        safety: "suggestion",
        edits: [{ span: strength.origin, newText: "1e-4" }],
      },
    ],
  };
}

function fixOf({ origin }: PenaltyStrengthFact["strength"], newText: string): Fix {
  const steps = STEPS_OF_TEN_EPOCHS.toLocaleString("en");
  return {
    title: `Set it to ${newText}, which takes ${steps} steps to shrink a weight to 37 % (10 epochs of an assumed 1,000 steps)`,
    safety: "suggestion",
    edits: [{ span: origin, newText }],
  };
}
