import type { ConventionFamily, ConventionParameter } from "../convention.ts";
import { ANY_MEAN, decaySide, l2Side, plainStepDecaySide } from "../sides.ts";

const DECAY = { name: "weight_decay", default: 0, what: "weight decay" } as const;
const decayOf = (value: number): ConventionParameter => ({ ...DECAY, default: value });

export const torch: ConventionFamily = {
  title: "PyTorch",
  conventions: [
    {
      id: "torch-sgd",
      framework: "PyTorch",
      api: "SGD",
      parameters: [DECAY],
      objective: {
        plain: "g ← g + weight_decay·w\nthe gradient of loss + (weight_decay / 2)·‖w‖²",
        tex: String.raw`L(w) + \frac{\mathtt{weight\_decay}}{2}\lVert w\rVert_2^2`,
      },
      penalty: l2Side(ANY_MEAN, "weight_decay", 0.5),
      decay: plainStepDecaySide("weight_decay"),
      code: ({ weight_decay }) => `SGD(weight_decay=${weight_decay})`,
      notes: [
        "It falls on every parameter of the group, biases and normalization scales too.",
        "With momentum μ weights shrink by about lr·weight_decay/(1 − μ) in a step.",
      ],
      source: "https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html",
    },
    {
      id: "torch-adam",
      framework: "PyTorch",
      api: "Adam",
      parameters: [DECAY],
      objective: {
        plain:
          "g ← g + weight_decay·w, then divided by √v\nthe gradient of loss + (weight_decay / 2)·‖w‖²",
        tex: String.raw`L(w) + \frac{\mathtt{weight\_decay}}{2}\lVert w\rVert_2^2`,
      },
      penalty: l2Side(ANY_MEAN, "weight_decay", 0.5),
      isRescaled: true,
      code: ({ weight_decay }) => `Adam(weight_decay=${weight_decay})`,
      notes: [
        "The penalty's gradient is divided by the history of gradients, so weights with large gradients shrink less.",
        "Adamax, NAdam, RAdam, RMSprop, Adagrad and Adadelta treat it alike.",
      ],
      source: "https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html",
    },
    {
      id: "torch-adamw",
      framework: "PyTorch",
      api: "AdamW",
      parameters: [decayOf(0.01)],
      objective: {
        plain: "w ← (1 − lr·weight_decay)·w, then Adam's step",
        tex: String.raw`w \leftarrow (1 - \eta\,\mathtt{weight\_decay})\,w`,
      },
      decay: decaySide("weight_decay"),
      code: ({ weight_decay }) => `AdamW(weight_decay=${weight_decay})`,
      notes: [
        "Adam, NAdam and RAdam do the same with decoupled_weight_decay=True; Muon's default is 0.1.",
      ],
      source: "https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html",
    },
  ],
};
