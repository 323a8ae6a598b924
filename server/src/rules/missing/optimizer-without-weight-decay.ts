import { defineRule, type Related } from "../../engine/rule.ts";
import type { RegularizerFact } from "../../facts/regularizer.ts";
import type { TrainingFact } from "../../facts/training.ts";
import type { Home } from "../../project/imported-definition.ts";
import { relatedIn } from "../../project/related-in.ts";
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

  *check(training, { document, facts }) {
    const { optimizer, program } = training;
    if (facts("training").find((other) => allOf(other).length > 0) !== training) return;
    const forms = [...new Set(allOf(training).map(({ form }) => form))];
    const home = { program, path: document.path, project: document.project };
    yield {
      span: optimizer.span,
      severity: severityOf(forms),
      message: `\`${optimizer.name}\` runs with weight decay 0, its default; against overfitting there is only ${listed(forms)}.`,
      related: forms.flatMap((form) => firstOf(form, training, home)),
      fixes: weightDecayFixes(optimizer, program),
    };
  },
});

/** Beside dropout alone nothing is known to work against overfitting but noise in the activations. */
function severityOf(forms: readonly RegularizerForm[]): "information" | "hint" {
  return forms.every((form) => form === "dropout") ? "information" : "hint";
}

const allOf = ({ regularizers, modelRegularizers }: TrainingFact): readonly RegularizerFact[] => [
  ...regularizers,
  ...modelRegularizers,
];

function firstOf(form: RegularizerForm, training: TrainingFact, home: Home): readonly Related[] {
  const { regularizers, modelRegularizers, modelHome } = training;
  const isOfForm = (regularizer: RegularizerFact) => regularizer.form === form;
  const message = `Found ${form} here.`;
  const here = regularizers.find(isOfForm);
  if (here !== undefined) return [{ span: here.span, message }];
  const there = modelRegularizers.find(isOfForm);
  return there === undefined ? [] : [relatedIn(there.span, modelHome, home, message)];
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
