import type { ConventionFamily } from "../convention.ts";
import { independentDecaySide } from "../sides.ts";

/** Decay that the base learning rate does not scale; only a schedule's factor does. */
export const independentDecay: ConventionFamily = {
  title: "Decay independent of the learning rate",
  conventions: [
    {
      id: "composer-decoupled",
      framework: "Composer",
      api: "DecoupledAdamW",
      parameters: [{ name: "weight_decay", default: 1e-5, what: "weight decay" }],
      objective: {
        plain: "w ← (1 − (lr / initial lr)·weight_decay)·w, then the step",
        tex: String.raw`w \leftarrow \Bigl(1 - \frac{\eta_t}{\eta_0}\,\mathtt{weight\_decay}\Bigr)\,w`,
      },
      decay: independentDecaySide("weight_decay"),
      code: ({ weight_decay }) => `DecoupledAdamW(weight_decay=${weight_decay})`,
      notes: ["DecoupledSGDW treats it alike."],
      source:
        "https://docs.mosaicml.com/projects/composer/en/stable/api_reference/generated/composer.optim.DecoupledAdamW.html",
    },
    {
      id: "adamw-paper",
      framework: "AdamW paper",
      api: "algorithm 2",
      parameters: [{ name: "lambda", default: 0, what: "weight decay" }],
      objective: {
        plain: "w ← (1 − ηₜ·λ)·w, where ηₜ is the schedule's factor without the learning rate α",
        tex: String.raw`w_t \leftarrow (1 - \eta_t\lambda)\,w_{t-1}`,
      },
      decay: independentDecaySide("lambda"),
      code: ({ lambda }) => `λ = ${lambda}`,
      notes: ["PyTorch, Keras and optax multiply by the learning rate as well."],
      source: "https://arxiv.org/abs/1711.05101",
    },
  ],
};
