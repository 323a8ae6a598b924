import type { ConventionFamily } from "../convention.ts";
import {
  ANY_MEAN,
  decaySide,
  l1Side,
  l2Side,
  plainStepPenaltySide,
  twoTermSide,
} from "../sides.ts";

const OPTIMIZERS = "https://keras.io/api/optimizers/";
const REGULARIZERS = "https://keras.io/api/layers/regularizers/";
const NO_HALF = "There is no ½: half of a PyTorch weight decay says the same.";
const FROM_FIT =
  "`fit` adds it to the loss; a loop of one's own must add the sum of model.losses itself.";

export const keras: ConventionFamily = {
  title: "Keras",
  conventions: [
    {
      id: "keras-optimizer",
      framework: "Keras",
      api: "any optimizer",
      parameters: [{ name: "weight_decay", default: 0, what: "weight decay" }],
      objective: {
        plain: "w ← (1 − learning_rate·weight_decay)·w, then the step",
        tex: String.raw`w \leftarrow (1 - \eta\,\mathtt{weight\_decay})\,w`,
      },
      decay: decaySide("weight_decay"),
      code: ({ weight_decay }) => `AdamW(weight_decay=${weight_decay})`,
      notes: [
        "Decoupled in every class: Keras's Adam(weight_decay=…) is no L2 penalty. AdamW's default is 0.004.",
      ],
      source: OPTIMIZERS,
    },
    {
      id: "keras-sgd",
      framework: "Keras",
      api: "SGD",
      parameters: [{ name: "weight_decay", default: 0, what: "weight decay" }],
      objective: {
        plain: "w ← (1 − learning_rate·weight_decay)·w, then the step",
        tex: String.raw`w \leftarrow (1 - \eta\,\mathtt{weight\_decay})\,w`,
      },
      decay: decaySide("weight_decay"),
      penalty: plainStepPenaltySide("weight_decay"),
      code: ({ weight_decay }) => `SGD(weight_decay=${weight_decay})`,
      notes: ["Without momentum it is the penalty (weight_decay / 2)·‖w‖² as well."],
      source: OPTIMIZERS,
    },
    {
      id: "keras-l2",
      framework: "Keras",
      api: "regularizers.L2",
      parameters: [{ name: "l2", default: 0.01, what: "L2 coefficient" }],
      objective: {
        plain: "loss + l2·‖w‖²",
        tex: String.raw`L(w) + \mathtt{l2}\lVert w\rVert_2^2`,
      },
      penalty: l2Side(ANY_MEAN, "l2", 1),
      code: ({ l2 }) => `regularizers.L2(${l2})`,
      notes: [NO_HALF, FROM_FIT],
      source: REGULARIZERS,
    },
    {
      id: "keras-l1",
      framework: "Keras",
      api: "regularizers.L1",
      parameters: [{ name: "l1", default: 0.01, what: "L1 coefficient" }],
      objective: { plain: "loss + l1·‖w‖₁", tex: String.raw`L(w) + \mathtt{l1}\lVert w\rVert_1` },
      penalty: l1Side(ANY_MEAN, "l1"),
      code: ({ l1 }) => `regularizers.L1(${l1})`,
      notes: [FROM_FIT],
      source: REGULARIZERS,
    },
    {
      id: "keras-l1l2",
      framework: "Keras",
      api: "regularizers.L1L2",
      parameters: [
        { name: "l1", default: 0, what: "L1 coefficient" },
        { name: "l2", default: 0, what: "L2 coefficient" },
      ],
      objective: {
        plain: "loss + l1·‖w‖₁ + l2·‖w‖²",
        tex: String.raw`L(w) + \mathtt{l1}\lVert w\rVert_1 + \mathtt{l2}\lVert w\rVert_2^2`,
      },
      penalty: twoTermSide(ANY_MEAN, { l1: "l1", l2: "l2" }, 1),
      code: ({ l1, l2 }) => `regularizers.L1L2(l1=${l1}, l2=${l2})`,
      notes: [NO_HALF, FROM_FIT],
      source: REGULARIZERS,
    },
  ],
};
