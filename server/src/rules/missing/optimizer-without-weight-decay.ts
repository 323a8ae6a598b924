import { defineRule } from "../../engine/rule.ts";
import type { RegularizerFact } from "../../facts/regularizer.ts";
import type { RegularizerForm } from "../../semantics/regularizer-names.ts";
import { weightDecayFixes } from "../../semantics/weight-decay-edits.ts";

export const optimizerWithoutWeightDecay = defineRule({
  code: "NL102",
  name: "optimizer-without-weight-decay",
  family: "missing",
  severity: "hint",
  preview: false,
  mentions: [["optim", "optax", "compile"]],
  on: "training",
  docs: {
    language: "python",
    what: "Notes an optimizer whose weight decay stays at its default of 0, in code that regularizes in other ways.",
    why: "Dropout or augmentation leave the size of the weights free. Weight decay is the usual companion of both, and most optimizers have it switched off unless it is asked for.",
    bad: [
      "from torch import nn, optim",
      "",
      "net = nn.Sequential(nn.Linear(64, 32), nn.Dropout(0.5), nn.Linear(32, 2))",
      "opt = optim.Adam(net.parameters())",
      "criterion = nn.CrossEntropyLoss()",
      "",
    ].join("\n"),
    good: [
      "from torch import nn, optim",
      "",
      "net = nn.Sequential(nn.Linear(64, 32), nn.Dropout(0.5), nn.Linear(32, 2))",
      "opt = optim.AdamW(net.parameters(), weight_decay=0.01)",
      "criterion = nn.CrossEntropyLoss()",
      "",
    ].join("\n"),
    limits:
      "One report a file: an information where dropout is all there is, a hint where something else regularizes too. Silent wherever no-regularizer-evidence is silent by its guards; a written `weight_decay=0` is taken as a decision.",
    references: ["Loshchilov & Hutter 2019, arXiv:1711.05101"],
  },

  *check(training, { facts }) {
    const { optimizer, regularizers, program } = training;
    if (facts("training").find((other) => other.regularizers.length > 0) !== training) return;
    const forms = [...new Set(regularizers.map(({ form }) => form))];
    yield {
      span: optimizer.span,
      severity: severityOf(forms),
      message: `\`${optimizer.name}\` runs with weight decay 0, its default; against overfitting there is only ${listed(forms)}.`,
      related: forms.flatMap((form) => firstOf(form, regularizers)),
      fixes: weightDecayFixes(optimizer, program),
    };
  },
});

/** Beside dropout alone nothing is known to work against overfitting but noise in the activations. */
function severityOf(forms: readonly RegularizerForm[]): "information" | "hint" {
  return forms.every((form) => form === "dropout") ? "information" : "hint";
}

function firstOf(form: string, regularizers: readonly RegularizerFact[]) {
  const first = regularizers.find((regularizer) => regularizer.form === form);
  return first === undefined ? [] : [{ span: first.span, message: `Found ${form} here.` }];
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
