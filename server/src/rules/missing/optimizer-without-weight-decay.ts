import { defineRule, type Fix, type Related } from "../../engine/rule.ts";
import type { RegularizerFact } from "../../facts/regularizer.ts";
import type { TrainingFact } from "../../facts/training.ts";
import type { Home } from "../../project/imported-definition.ts";
import { relatedIn } from "../../project/related-in.ts";
import { layerPenaltyFix } from "../../semantics/layer-penalty-fix.ts";
import type { RegularizerForm } from "../../semantics/regularizer-names.ts";
import { TRAINING_MENTIONS } from "../../semantics/training-setup.ts";
import { weightDecayFixes, withoutDecay } from "../../semantics/weight-decay-edits.ts";

export const optimizerWithoutWeightDecay = defineRule({
  code: "NL102",
  name: "optimizer-without-weight-decay",
  family: "missing",
  severity: "hint",
  preview: false,
  mentions: TRAINING_MENTIONS,
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
    javascript: {
      bad: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const model = tf.sequential();",
        'model.add(tf.layers.dense({ units: 32, activation: "relu", inputShape: [64] }));',
        "model.add(tf.layers.dropout({ rate: 0.5 }));",
        "model.add(tf.layers.dense({ units: 2 }));",
        'model.compile({ optimizer: tf.train.adam(1e-3), loss: "meanSquaredError" });',
        "await model.fit(xs, ys, { epochs: 50 });",
        "",
      ].join("\n"),
      good: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const l2 = tf.regularizers.l2({ l2: 1e-4 });",
        "const model = tf.sequential();",
        'model.add(tf.layers.dense({ units: 32, activation: "relu", inputShape: [64], kernelRegularizer: l2 }));',
        "model.add(tf.layers.dropout({ rate: 0.5 }));",
        "model.add(tf.layers.dense({ units: 2, kernelRegularizer: l2 }));",
        'model.compile({ optimizer: tf.train.adam(1e-3), loss: "meanSquaredError" });',
        "await model.fit(xs, ys, { epochs: 50 });",
        "",
      ].join("\n"),
    },
    limits:
      "One report a file: an information where dropout is all there is, a hint where something else regularizes too. Silent wherever no-regularizer-evidence is silent by its guards; a written `weight_decay=0` is taken as a decision. Silent beside a penalty or a constraint on the weights, which decay would double. Of a document that trains several models, only what stands in this one or beside its training is counted. TensorFlow.js has no weight decay; there a penalty of the layers is recommended.",
    references: ["Loshchilov & Hutter 2019, arXiv:1711.05101"],
  },

  *check(training, { document, facts }) {
    const { optimizer, program } = training;
    if (facts("training").find((other) => other.credited.length > 0) !== training) return;
    const forms = [...new Set(training.credited.map(({ form }) => form))];
    if (forms.some(isOnWeights)) return;
    const home = { program, path: document.path, project: document.project };
    yield {
      span: optimizer.span,
      severity: severityOf(forms),
      message: `\`${optimizer.name}\` ${withoutDecay(optimizer)}; against overfitting there is only ${listed(forms)}.`,
      related: forms.flatMap((form) => firstOf(form, training, home)),
      fixes: [...weightDecayFixes(optimizer, program), ...penaltyFixes(training)],
    };
  },
});

/** Beside dropout alone nothing is known to work against overfitting but noise in the activations. */
function severityOf(forms: readonly RegularizerForm[]): "information" | "hint" {
  return forms.every((form) => form === "dropout") ? "information" : "hint";
}

/** What keeps weights small already; decay beside it would do so twice. */
const isOnWeights = (form: RegularizerForm): boolean =>
  form === "layer penalty" || form === "penalty term" || form === "weight constraint";

function penaltyFixes({ isModelElsewhere, weightLayers, program }: TrainingFact): readonly Fix[] {
  const fix = isModelElsewhere ? undefined : layerPenaltyFix(weightLayers, program);
  return fix === undefined ? [] : [fix];
}

function firstOf(form: RegularizerForm, training: TrainingFact, home: Home): readonly Related[] {
  const { credited, regularizers, modelHome } = training;
  const isOfForm = (regularizer: RegularizerFact) => regularizer.form === form;
  const message = `Found ${form} here.`;
  const first = credited.find(isOfForm);
  if (first === undefined) return [];
  const isHere = regularizers.includes(first);
  return [isHere ? { span: first.span, message } : relatedIn(first.span, modelHome, home, message)];
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
