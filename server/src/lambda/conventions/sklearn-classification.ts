import type { Convention, ConventionFamily, DataLoss } from "../convention.ts";
import { inverseMixSide, inverseSide, l2Side, mixSide } from "../sides.ts";
import { sgdArguments } from "./sklearn-regression.ts";

const docs = (path: string) => `https://scikit-learn.org/stable/modules/${path}`;
const C = { name: "C", default: 1, what: "inverse penalty strength" } as const;

function sgdClassifier(loss: DataLoss, name: string, words: string): Convention {
  return {
    id: `sklearn-sgd-${loss}`,
    framework: "scikit-learn",
    api: `SGDClassifier, ${name}`,
    parameters: [
      { name: "alpha", default: 1e-4, what: "penalty strength" },
      { name: "l1_ratio", default: 0, what: "L1 share" },
    ],
    objective: {
      plain: `mean ${words} loss + alpha·(r·‖w‖₁ + (1 − r)/2·‖w‖²)`,
      tex: String.raw`\frac1n\sum_i L_i(w) + \alpha\Bigl(r\lVert w\rVert_1 + \frac{1-r}{2}\lVert w\rVert_2^2\Bigr)`,
    },
    penalty: mixSide(
      { over: "mean", loss, intercept: "free" },
      {
        strength: "alpha",
        ratio: "l1_ratio",
      },
    ),
    code: ({ alpha, l1_ratio }) =>
      `SGDClassifier(loss="${name}", ${sgdArguments(alpha, l1_ratio)})`,
    notes: [
      'r is 0 for penalty="l2", 1 for "l1" and l1_ratio for "elasticnet".',
      "Several classes are fitted one against the rest.",
    ],
    source: docs("sgd.html#mathematical-formulation"),
  };
}

function logisticRegression(intercept: "free" | "penalised"): Convention {
  const isFree = intercept === "free";
  return {
    id: isFree ? "sklearn-logistic-regression" : "sklearn-logistic-liblinear",
    framework: "scikit-learn",
    api: isFree ? "LogisticRegression" : "LogisticRegression, liblinear",
    parameters: [C, { name: "l1_ratio", default: 0, what: "L1 share" }],
    objective: {
      plain: "C·sum of logistic losses + r·‖w‖₁ + (1 − r)/2·‖w‖², r = l1_ratio",
      tex: String.raw`C\sum_i L_i(w) + r\lVert w\rVert_1 + \frac{1-r}{2}\lVert w\rVert_2^2`,
    },
    penalty: inverseMixSide(
      { over: "samples", loss: "logistic", intercept },
      { strength: "C", ratio: "l1_ratio" },
    ),
    code: ({ C: c, l1_ratio }) => {
      const mix = l1_ratio === "0" ? "" : `, l1_ratio=${l1_ratio}`;
      const solver = isFree ? "saga" : "liblinear";
      const isDefault = isFree && mix === "";
      return `LogisticRegression(C=${c}${mix}${isDefault ? "" : `, solver="${solver}"`})`;
    },
    notes: [
      "C is the inverse: a larger C regularizes less. The loss is a sum, so more samples regularize less too.",
      isFree
        ? "Several classes share one softmax loss; SGDClassifier fits one against the rest, so both agree for two classes only."
        : "liblinear penalises the intercept as well.",
    ],
    source: docs("linear_model.html#logistic-regression"),
  };
}

export const sklearnClassification: ConventionFamily = {
  title: "scikit-learn, classification",
  conventions: [
    logisticRegression("free"),
    logisticRegression("penalised"),
    sgdClassifier("logistic", "log_loss", "logistic"),
    sgdClassifier("hinge", "hinge", "hinge"),
    sgdClassifier("squared-hinge", "squared_hinge", "squared hinge"),
    {
      id: "sklearn-svc",
      framework: "scikit-learn",
      api: "SVC",
      parameters: [C],
      objective: {
        plain: "C·sum of hinge losses + ½·‖w‖²",
        tex: String.raw`C\sum_i \max(0, 1 - y_i f(x_i)) + \tfrac12\lVert w\rVert_2^2`,
      },
      penalty: inverseSide({ over: "samples", loss: "hinge", intercept: "free" }, "C"),
      code: ({ C: c }) => `SVC(kernel="linear", C=${c})`,
      notes: ['w lies in the kernel\'s feature space; the table holds for kernel="linear".'],
      source: docs("svm.html#svc"),
    },
    {
      id: "sklearn-linear-svc",
      framework: "scikit-learn",
      api: "LinearSVC",
      parameters: [C],
      objective: {
        plain: "C·sum of squared hinge losses + ½·‖w‖² + ½·b²",
        tex: String.raw`C\sum_i \max(0, 1 - y_i f(x_i))^2 + \tfrac12\lVert (w, b)\rVert_2^2`,
      },
      penalty: inverseSide({ over: "samples", loss: "squared-hinge", intercept: "penalised" }, "C"),
      code: ({ C: c }) => `LinearSVC(C=${c})`,
      notes: ["The intercept is penalised, scaled by intercept_scaling."],
      source: docs("svm.html#linearsvc"),
    },
    {
      id: "sklearn-linear-svc-hinge",
      framework: "scikit-learn",
      api: "LinearSVC, hinge",
      parameters: [C],
      objective: {
        plain: "C·sum of hinge losses + ½·‖w‖² + ½·b²",
        tex: String.raw`C\sum_i \max(0, 1 - y_i f(x_i)) + \tfrac12\lVert (w, b)\rVert_2^2`,
      },
      penalty: inverseSide({ over: "samples", loss: "hinge", intercept: "penalised" }, "C"),
      code: ({ C: c }) => `LinearSVC(loss="hinge", C=${c})`,
      notes: ["The intercept is penalised, scaled by intercept_scaling."],
      source: docs("svm.html#linearsvc"),
    },
    {
      id: "sklearn-ridge-classifier",
      framework: "scikit-learn",
      api: "RidgeClassifier",
      parameters: [{ name: "alpha", default: 1, what: "penalty strength" }],
      objective: {
        plain: "‖y − Xw‖² + alpha·‖w‖², y is −1 or +1",
        tex: String.raw`\lVert y - Xw\rVert_2^2 + \alpha\lVert w\rVert_2^2,\quad y_i = \pm1`,
      },
      penalty: l2Side({ over: "samples", loss: "half-squared", intercept: "free" }, "alpha", 0.5),
      code: ({ alpha }) => `RidgeClassifier(alpha=${alpha})`,
      notes: ["A sum over samples: the same alpha weighs less the more samples there are."],
      source: docs("linear_model.html#classification"),
    },
    {
      id: "sklearn-mlp-classifier",
      framework: "scikit-learn",
      api: "MLPClassifier",
      parameters: [{ name: "alpha", default: 1e-4, what: "penalty strength" }],
      objective: {
        plain: "mean log loss over the batch + alpha/(2·batch)·‖W‖²",
        tex: String.raw`\frac1B\sum_i L_i(W) + \frac{\alpha}{2B}\lVert W\rVert_2^2`,
      },
      penalty: l2Side({ over: "batch", loss: "logistic", intercept: "free" }, "alpha", 0.5),
      code: ({ alpha }) => `MLPClassifier(alpha=${alpha})`,
      notes: ["Divided by the samples of a batch, min(200, n) by default, and by n for lbfgs."],
      source: docs("neural_networks_supervised.html#mathematical-formulation"),
    },
  ],
};
