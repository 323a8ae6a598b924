import { defineRule, type Fix } from "../../engine/rule.ts";
import type { TrainingFact } from "../../facts/training.ts";
import { dropoutEdits } from "../../semantics/dropout-edits.ts";
import { earlyStoppingFix } from "../../semantics/early-stopping-fix.ts";
import { labelSmoothingFix } from "../../semantics/label-smoothing-fix.ts";
import { layerPenaltyFix } from "../../semantics/layer-penalty-fix.ts";
import { TRAINING_MENTIONS } from "../../semantics/training-setup.ts";
import { weightDecayFixes, withoutDecay } from "../../semantics/weight-decay-edits.ts";

/** Fewer hidden layers can hardly memorise a data set. */
const HIDDEN_LAYERS_FOR_WARNING = 2;

export const noRegularizerEvidence = defineRule({
  code: "NL101",
  name: "no-regularizer-evidence",
  family: "missing",
  severity: "warning",
  preview: false,
  mentions: TRAINING_MENTIONS,
  on: "training",
  docs: {
    language: "python",
    what: "Finds a training set-up in which nothing works against overfitting: no weight decay, dropout, penalty term, layer regularizer, augmentation, label smoothing, mixup, early stopping or weight normalization.",
    why: "A network with more weights than samples can drive its training loss to zero by memorising the data. Nothing in this code tells it to prefer small or robust weights, so the validation error may rise while the training error still falls.",
    bad: [
      "import torch",
      "from torch import nn",
      "",
      "net = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, 10))",
      "opt = torch.optim.Adam(net.parameters(), lr=1e-3)",
      "for x, y in loader:",
      "    opt.zero_grad()",
      "    nn.functional.cross_entropy(net(x), y).backward()",
      "    opt.step()",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "from torch import nn",
      "",
      "net = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, 10))",
      "opt = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.01)",
      "for x, y in loader:",
      "    opt.zero_grad()",
      "    nn.functional.cross_entropy(net(x), y).backward()",
      "    opt.step()",
      "",
    ].join("\n"),
    javascript: {
      bad: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const model = tf.sequential();",
        'model.add(tf.layers.dense({ units: 128, activation: "relu", inputShape: [64] }));',
        'model.add(tf.layers.dense({ units: 128, activation: "relu" }));',
        'model.add(tf.layers.dense({ units: 10, activation: "softmax" }));',
        'model.compile({ optimizer: "adam", loss: "categoricalCrossentropy" });',
        "await model.fit(xs, ys, { epochs: 50 });",
        "",
      ].join("\n"),
      good: [
        'import * as tf from "@tensorflow/tfjs";',
        "",
        "const l2 = tf.regularizers.l2({ l2: 1e-4 });",
        "const model = tf.sequential();",
        'model.add(tf.layers.dense({ units: 128, activation: "relu", inputShape: [64], kernelRegularizer: l2 }));',
        'model.add(tf.layers.dense({ units: 128, activation: "relu", kernelRegularizer: l2 }));',
        'model.add(tf.layers.dense({ units: 10, activation: "softmax", kernelRegularizer: l2 }));',
        'model.compile({ optimizer: "adam", loss: "categoricalCrossentropy" });',
        "await model.fit(xs, ys, { epochs: 50 });",
        "",
      ].join("\n"),
    },
    limits:
      "Follows the model into the file of the workspace that it is imported from; such a finding is an information. Silent when a part of the model comes from elsewhere, when any imported file of the workspace regularizes something, when weight decay is given (0 included) or may be given through `**options`, when another optimizer of the file is given one, for reinforcement learning, GANs, VAEs, diffusion, style transfer, implicit representations and super-resolution, when only a part of the model is trained, for a regression on a few columns, for models and data that are called toys, and in tests and benchmarks. A network that is small, or whose layers are not in sight, and made-up data are only an information.",
    references: [
      "Krogh & Hertz 1991, A Simple Weight Decay Can Improve Generalization, NIPS 4",
      "Zhang et al. 2022, Code Smells for Machine Learning Applications, arXiv:2203.13746, section 4",
    ],
  },

  *check(training) {
    const { optimizer, view, isModelElsewhere } = training;
    if (view.kind === "unknown" || isRegularized(training)) return;
    const subject = modelName(training);
    yield {
      span: optimizer.span,
      severity: severityOf(training),
      // What regularizes a model of two files may well be in a third one.
      confidence: isModelElsewhere ? 0.7 : 1,
      message: `Nothing keeps ${subject} from memorising the training data: \`${optimizer.name}\` ${withoutDecay(optimizer)}, and there is no dropout, penalty, augmentation, label smoothing or early stopping.`,
      fixes: fixesOf(training),
    };
  },
});

function isRegularized(training: TrainingFact): boolean {
  const { regularizers, modelRegularizers, isRegularizedElsewhere } = training;
  return regularizers.length > 0 || modelRegularizers.length > 0 || isRegularizedElsewhere;
}

function modelName({ model, view, program }: TrainingFact): string {
  if (model === undefined) return "the model";
  const written = program.module.text.slice(model.span.start, model.span.end);
  const [owner] = view.kind === "classes" ? view.classes : [];
  return `\`${written === "self" && owner !== undefined ? owner.name : written}\``;
}

function severityOf({ weightLayers, view, isToyData }: TrainingFact): "warning" | "information" {
  // Of a model that stands elsewhere as a whole, the snippet shows nothing that is small.
  const hidden = weightLayers === undefined ? 0 : weightLayers.length - 1;
  const isLarge = view.kind === "unbound" || hidden >= HIDDEN_LAYERS_FOR_WARNING;
  return isLarge && !isToyData ? "warning" : "information";
}

function fixesOf(training: TrainingFact): Fix[] {
  const { optimizer, view, weightLayers, program, isModelElsewhere } = training;
  const [decay] = weightDecayFixes(optimizer, program);
  // A fix edits this file alone.
  const penalty = isModelElsewhere ? undefined : layerPenaltyFix(weightLayers, program);
  const dropout = isModelElsewhere ? undefined : dropoutEdits(view, weightLayers, program);
  const other = earlyStoppingFix(program) ?? labelSmoothingFix(program);
  const title = "Drop half of the last hidden layer's outputs while training";
  return [
    ...(decay === undefined ? [] : [decay]),
    ...(penalty === undefined ? [] : [penalty]),
    ...(dropout === undefined ? [] : [{ title, safety: "suggestion" as const, edits: dropout }]),
    ...(other === undefined ? [] : [other]),
  ];
}
