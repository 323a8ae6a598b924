import { defineRule, type Fix } from "../../engine/rule.ts";
import type { OptimizerFact } from "../../facts/optimizer.ts";
import { type DecayPerStep, decayPerStep } from "../../semantics/decay-per-step.ts";
import { decayForSteps, STEPS_OF_TEN_EPOCHS } from "../../semantics/decay-suggestion.ts";
import { isTestPath } from "../../semantics/training-setup.ts";

/** Weights that lose this share in every step are halved within 14 steps. */
const MOST_PER_STEP = 0.05;

export const decayRateExplodes = defineRule({
  code: "NL201",
  name: "decay-rate-explodes",
  family: "scale",
  severity: "error",
  preview: false,
  mentions: [
    ["decay", "adamw", "lion", "muon"],
    ["optim", "optax", "trainingarguments"],
  ],
  on: "optimizer",
  docs: {
    language: "python",
    what: "Finds an optimizer with decoupled weight decay whose learning rate times decay is so large that the decay alone destroys the weights.",
    why: "Decoupled decay multiplies every weight by 1 − lr · decay in each step. At 0.05 a weight is halved within 14 steps, however useful it is; from 1 on the factor is zero or negative, and the weights are erased or turn their sign around in every step.",
    bad: [
      "from torch import optim",
      "",
      "opt = optim.AdamW(net.parameters(), lr=0.5, weight_decay=0.3)",
      "",
    ].join("\n"),
    good: [
      "from torch import optim",
      "",
      "opt = optim.AdamW(net.parameters(), lr=3e-4, weight_decay=0.1)",
      "",
    ].join("\n"),
    limits:
      "Both numbers must be in sight; one that is only a default makes the report milder. Silent where a schedule may scale the learning rate down from a nominal value (`LambdaLR`, `OneCycleLR`, a rate that is set by hand), for LARS and LAMB, for optimizers whose decay is not multiplied by the learning rate, and in tests.",
    references: [
      "Loshchilov & Hutter 2019, arXiv:1711.05101, algorithm 2",
      "PyTorch manual, torch.optim.AdamW",
    ],
  },

  *check(optimizer, { document }) {
    // For plain SGD the rate and decay of a single step are what momentum and data make of them.
    const decay = optimizer.coupling === "decoupled" ? decayPerStep(optimizer) : undefined;
    if (decay === undefined || decay.share < MOST_PER_STEP || isTestPath(document.path)) return;
    yield {
      span: optimizer.weightDecay.kind === "absent" ? decay.rateSpan : optimizer.weightDecay.span,
      severity: decay.share >= 1 ? "error" : "warning",
      confidence: decay.isCertain ? 1 : 0.7,
      message: messageOf(optimizer, decay),
      related: decay.related,
      fixes: fixesOf(optimizer, decay),
    };
  },
});

function messageOf({ name }: OptimizerFact, { share, rate, decay }: DecayPerStep): string {
  const product = `lr · decay = ${rate} · ${decay} = ${Number(share.toPrecision(3))}`;
  if (share === 1) return `\`${name}\` sets every weight to zero in each step: ${product}.`;
  if (share > 1) {
    return `\`${name}\` turns the sign of every weight around in each step: the factor is 1 − lr · decay, and ${product}.`;
  }
  const steps = Math.ceil(Math.log(2) / -Math.log1p(-share));
  return `\`${name}\` shrinks every weight by ${Number((share * 100).toPrecision(2))} % in each step, so half of it is gone after ${steps}: ${product}.`;
}

function fixesOf({ weightDecay }: OptimizerFact, { rate }: DecayPerStep): Fix[] {
  if (weightDecay.kind !== "constant" && weightDecay.kind !== "default") return [];
  const newText = decayForSteps(rate, STEPS_OF_TEN_EPOCHS);
  return [
    {
      title: `Set it to ${newText}, which takes ${STEPS_OF_TEN_EPOCHS.toLocaleString("en")} steps to shrink a weight to 37 % (10 epochs of an assumed 1,000 steps)`,
      safety: "suggestion",
      edits: [{ span: weightDecay.origin, newText }],
    },
  ];
}
