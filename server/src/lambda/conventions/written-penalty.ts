import type { ConventionFamily } from "../convention.ts";
import { ANY_MEAN, l1Side, l2Side, mixSide } from "../sides.ts";

const SOURCE = "https://www.deeplearningbook.org/contents/regularization.html";
const LAMBDA = { name: "lambda", default: 0, what: "coefficient" } as const;

/** Penalties written into the loss by hand, and those of experiment files. */
export const writtenPenalty: ConventionFamily = {
  title: "Penalty in the loss; `*.normlens.yaml`",
  conventions: [
    {
      id: "written-plain",
      framework: "Penalty in the loss",
      api: "plain",
      parameters: [LAMBDA],
      objective: { plain: "loss + λ·‖w‖²", tex: String.raw`L(w) + \lambda\lVert w\rVert_2^2` },
      penalty: l2Side(ANY_MEAN, "lambda", 1),
      code: ({ lambda }) => `loss + ${lambda} * sum(w²)`,
      notes: ["`convention: plain` of an experiment file."],
      source: SOURCE,
    },
    {
      id: "written-half",
      framework: "Penalty in the loss",
      api: "half",
      parameters: [LAMBDA],
      objective: {
        plain: "loss + (λ / 2)·‖w‖²",
        tex: String.raw`L(w) + \frac{\lambda}{2}\lVert w\rVert_2^2`,
      },
      penalty: l2Side(ANY_MEAN, "lambda", 0.5),
      code: ({ lambda }) => `loss + ${lambda} / 2 * sum(w²)`,
      notes: ["`convention: half` of an experiment file."],
      source: SOURCE,
    },
    {
      id: "written-half-mean",
      framework: "Penalty in the loss",
      api: "half_mean",
      parameters: [LAMBDA],
      objective: {
        plain: "mean loss + (λ / 2m)·‖w‖², m training samples",
        tex: String.raw`\frac1m\sum_i L_i(w) + \frac{\lambda}{2m}\lVert w\rVert_2^2`,
      },
      penalty: l2Side({ over: "samples", loss: "any", intercept: "chosen" }, "lambda", 0.5),
      code: ({ lambda }) => `loss + ${lambda} / (2 * m) * sum(w²)`,
      notes: ["`convention: half_mean` of an experiment file; the form of many courses."],
      source: SOURCE,
    },
    {
      id: "written-l1",
      framework: "Penalty in the loss",
      api: "l1",
      parameters: [LAMBDA],
      objective: { plain: "loss + λ·‖w‖₁", tex: String.raw`L(w) + \lambda\lVert w\rVert_1` },
      penalty: l1Side(ANY_MEAN, "lambda"),
      code: ({ lambda }) => `loss + ${lambda} * sum(|w|)`,
      notes: ["`norm: l1` of an experiment file."],
      source: SOURCE,
    },
    {
      id: "written-elastic-net",
      framework: "Penalty in the loss",
      api: "elastic_net",
      parameters: [LAMBDA, { name: "l1_ratio", default: 0.5, what: "L1 share" }],
      objective: {
        plain: "loss + λ·(r·‖w‖₁ + (1 − r)/2·‖w‖²), r = l1_ratio",
        tex: String.raw`L(w) + \lambda\Bigl(r\lVert w\rVert_1 + \frac{1-r}{2}\lVert w\rVert_2^2\Bigr)`,
      },
      penalty: mixSide(ANY_MEAN, { strength: "lambda", ratio: "l1_ratio" }),
      code: ({ lambda, l1_ratio }) =>
        `loss + ${lambda} * (${l1_ratio} * sum(|w|) + (1 - ${l1_ratio}) / 2 * sum(w²))`,
      notes: ["`norm: elastic_net` of an experiment file."],
      source: SOURCE,
    },
  ],
};
