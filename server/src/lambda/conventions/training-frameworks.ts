import type { ConventionFamily, DecaySide, PenaltySide, Quantity } from "../convention.ts";
import { ANY_MEAN, decaySide, l1Side, l2Side, numberOf } from "../sides.ts";

/** Nominal batch size that Ultralytics scales its weight decay to. */
const NOMINAL_BATCH = 64;
const BATCH: readonly Quantity[] = ["batchSize"];

/** weight_decay · batch · accumulate / 64, accumulate being round(64 / batch), at least 1. */
function ultralyticsScale(batch = Number.NaN): number {
  return (batch * Math.max(1, Math.round(NOMINAL_BATCH / batch))) / NOMINAL_BATCH;
}

const SCALED_FORMULA = "weight_decay·B·max(1, round(64 / B)) / 64";

const scaledDecay: DecaySide = {
  formula: `d = ${SCALED_FORMULA}`,
  needs: BATCH,
  decay: (values, { batchSize }) => numberOf(values, "weight_decay") * ultralyticsScale(batchSize),
  values: (decay, { batchSize }) => ({ weight_decay: decay / ultralyticsScale(batchSize) }),
};

const scaledPenalty: PenaltySide = {
  ...ANY_MEAN,
  formula: `λ₂ = ${SCALED_FORMULA}`,
  needs: BATCH,
  terms: (values, { batchSize }) => ({
    l1: 0,
    l2: numberOf(values, "weight_decay") * ultralyticsScale(batchSize),
  }),
  values: ({ l1, l2 }, { batchSize }) =>
    l1 === 0 ? { weight_decay: l2 / ultralyticsScale(batchSize) } : undefined,
};

const ULTRALYTICS = "https://docs.ultralytics.com/usage/cfg/#train-settings";
const SCALED =
  "It is multiplied by batch·accumulate/64 first, accumulate being round(64/batch), at least 1.";

/** Tools that pass a number on to an optimizer, some of them after scaling it. */
export const trainingFrameworks: ConventionFamily = {
  title: "Training frameworks",
  conventions: [
    {
      id: "hf-training-arguments",
      framework: "Hugging Face",
      api: "TrainingArguments",
      parameters: [{ name: "weight_decay", default: 0, what: "weight decay" }],
      objective: {
        plain: "w ← (1 − learning_rate·weight_decay)·w, then AdamW's step",
        tex: String.raw`w \leftarrow (1 - \eta\,\mathtt{weight\_decay})\,w`,
      },
      decay: decaySide("weight_decay"),
      code: ({ weight_decay }) => `TrainingArguments(weight_decay=${weight_decay})`,
      notes: ["Biases and normalization layers are left out."],
      source: "https://huggingface.co/docs/transformers/main_classes/trainer",
    },
    {
      id: "deepspeed",
      framework: "DeepSpeed",
      api: "Adam, AdamW",
      parameters: [{ name: "weight_decay", default: 0, what: "weight decay" }],
      objective: {
        plain: "w ← (1 − lr·weight_decay)·w, then Adam's step",
        tex: String.raw`w \leftarrow (1 - \eta\,\mathtt{weight\_decay})\,w`,
      },
      decay: decaySide("weight_decay"),
      code: ({ weight_decay }) => `"weight_decay": ${weight_decay}`,
      notes: ['Type "Adam" is decoupled too, unless adam_w_mode is false.'],
      source: "https://www.deepspeed.ai/docs/config-json/#optimizer-parameters",
    },
    {
      id: "detectron2",
      framework: "Detectron2",
      api: "SOLVER.WEIGHT_DECAY",
      parameters: [{ name: "WEIGHT_DECAY", default: 1e-4, what: "weight decay" }],
      objective: {
        plain: "g ← g + WEIGHT_DECAY·w\nthe gradient of loss + (WEIGHT_DECAY / 2)·‖w‖²",
        tex: String.raw`L(w) + \frac{\mathtt{WEIGHT\_DECAY}}{2}\lVert w\rVert_2^2`,
      },
      penalty: l2Side(ANY_MEAN, "WEIGHT_DECAY", 0.5),
      code: ({ WEIGHT_DECAY }) => `WEIGHT_DECAY: ${WEIGHT_DECAY}`,
      notes: ["SGD with momentum 0.9; normalization scales have WEIGHT_DECAY_NORM, 0 by default."],
      source:
        "https://detectron2.readthedocs.io/en/latest/modules/config.html#yaml-config-references",
    },
    {
      id: "ultralytics-sgd",
      framework: "Ultralytics",
      api: "optimizer: SGD",
      parameters: [{ name: "weight_decay", default: 5e-4, what: "weight decay" }],
      objective: {
        plain: "loss + (weight_decay·batch·accumulate / 64 / 2)·‖w‖²",
        tex: String.raw`L(w) + \frac{\mathtt{weight\_decay}}{2}\cdot\frac{B\,a}{64}\lVert w\rVert_2^2`,
      },
      penalty: scaledPenalty,
      code: ({ weight_decay }) => `weight_decay: ${weight_decay}`,
      notes: [SCALED],
      source: ULTRALYTICS,
    },
    {
      id: "ultralytics-adamw",
      framework: "Ultralytics",
      api: "optimizer: AdamW",
      parameters: [{ name: "weight_decay", default: 5e-4, what: "weight decay" }],
      objective: {
        plain: "w ← (1 − lr·weight_decay·batch·accumulate / 64)·w, then Adam's step",
        tex: String.raw`w \leftarrow \Bigl(1 - \eta\,\mathtt{weight\_decay}\,\frac{B\,a}{64}\Bigr)\,w`,
      },
      decay: scaledDecay,
      code: ({ weight_decay }) => `weight_decay: ${weight_decay}`,
      notes: [SCALED],
      source: ULTRALYTICS,
    },
    {
      id: "ludwig-l2",
      framework: "Ludwig",
      api: "regularization_type: l2",
      parameters: [{ name: "regularization_lambda", default: 0, what: "L2 coefficient" }],
      objective: {
        plain: "loss + regularization_lambda·‖w‖²",
        tex: String.raw`L(w) + \lambda\lVert w\rVert_2^2`,
      },
      penalty: l2Side(ANY_MEAN, "regularization_lambda", 1),
      code: ({ regularization_lambda }) => `regularization_lambda: ${regularization_lambda}`,
      notes: ["There is no ½, and it falls on every parameter."],
      source: "https://github.com/ludwig-ai/ludwig/blob/master/ludwig/utils/torch_utils.py",
    },
    {
      id: "ludwig-l1",
      framework: "Ludwig",
      api: "regularization_type: l1",
      parameters: [{ name: "regularization_lambda", default: 0, what: "L1 coefficient" }],
      objective: {
        plain: "loss + regularization_lambda·‖w‖₁",
        tex: String.raw`L(w) + \lambda\lVert w\rVert_1`,
      },
      penalty: l1Side(ANY_MEAN, "regularization_lambda"),
      code: ({ regularization_lambda }) => `regularization_lambda: ${regularization_lambda}`,
      notes: ["It falls on every parameter."],
      source: "https://github.com/ludwig-ai/ludwig/blob/master/ludwig/utils/torch_utils.py",
    },
  ],
};
