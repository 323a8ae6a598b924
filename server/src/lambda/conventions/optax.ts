import type { ConventionFamily } from "../convention.ts";
import { ANY_MEAN, decaySide, l2Side, plainStepDecaySide } from "../sides.ts";

const OPTIMIZERS = "https://optax.readthedocs.io/en/latest/api/optimizers.html";
const TRANSFORMATIONS = "https://optax.readthedocs.io/en/latest/api/transformations.html";

export const optax: ConventionFamily = {
  title: "optax",
  conventions: [
    {
      id: "optax-adamw",
      framework: "optax",
      api: "adamw",
      parameters: [{ name: "weight_decay", default: 1e-4, what: "weight decay" }],
      objective: {
        plain: "w ← (1 − learning_rate·weight_decay)·w, then Adam's step",
        tex: String.raw`w \leftarrow (1 - \eta\,\mathtt{weight\_decay})\,w`,
      },
      decay: decaySide("weight_decay"),
      code: ({ weight_decay }) => `adamw(weight_decay=${weight_decay})`,
      notes: [
        "Without `mask` it falls on biases and normalization scales too. lion's default is 1e-3.",
      ],
      source: OPTIMIZERS,
    },
    {
      id: "optax-sgd",
      framework: "optax",
      api: "add_decayed_weights, sgd",
      parameters: [{ name: "weight_decay", default: 0, what: "weight decay" }],
      objective: {
        plain: "g ← g + weight_decay·w\nthe gradient of loss + (weight_decay / 2)·‖w‖²",
        tex: String.raw`L(w) + \frac{\mathtt{weight\_decay}}{2}\lVert w\rVert_2^2`,
      },
      penalty: l2Side(ANY_MEAN, "weight_decay", 0.5),
      decay: plainStepDecaySide("weight_decay"),
      code: ({ weight_decay }) => `chain(add_decayed_weights(${weight_decay}), sgd(…))`,
      notes: ["The order matters: after sgd the same transformation makes weights grow."],
      source: TRANSFORMATIONS,
    },
    {
      id: "optax-adam-l2",
      framework: "optax",
      api: "add_decayed_weights, adam",
      parameters: [{ name: "weight_decay", default: 0, what: "weight decay" }],
      objective: {
        plain:
          "g ← g + weight_decay·w, then divided by √v\nthe gradient of loss + (weight_decay / 2)·‖w‖²",
        tex: String.raw`L(w) + \frac{\mathtt{weight\_decay}}{2}\lVert w\rVert_2^2`,
      },
      penalty: l2Side(ANY_MEAN, "weight_decay", 0.5),
      isRescaled: true,
      code: ({ weight_decay }) => `chain(add_decayed_weights(${weight_decay}), adam(…))`,
      notes: [
        "The penalty's gradient is divided by the history of gradients, as in PyTorch's Adam.",
      ],
      source: TRANSFORMATIONS,
    },
  ],
};
