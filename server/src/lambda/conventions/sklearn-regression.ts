import type { ConventionFamily, PenaltySide } from "../convention.ts";
import { l1Side, l2Side, mixSide } from "../sides.ts";

const docs = (path: string) => `https://scikit-learn.org/stable/modules/${path}`;
const ALPHA = { name: "alpha", default: 1, what: "penalty strength" } as const;

type Place = Pick<PenaltySide, "over" | "loss" | "intercept">;
/** Half the mean of squares; sums of whole squares with a whole α differ by the same factor 2. */
const MEAN: Place = { over: "mean", loss: "half-squared", intercept: "free" };
const SUM: Place = { over: "samples", loss: "half-squared", intercept: "free" };

export const sklearnRegression: ConventionFamily = {
  title: "scikit-learn, regression",
  conventions: [
    {
      id: "sklearn-ridge",
      framework: "scikit-learn",
      api: "Ridge",
      parameters: [ALPHA],
      objective: {
        plain: "‖y − Xw‖² + alpha·‖w‖²",
        tex: String.raw`\lVert y - Xw\rVert_2^2 + \alpha\lVert w\rVert_2^2`,
      },
      penalty: l2Side(SUM, "alpha", 0.5),
      code: ({ alpha }) => `Ridge(alpha=${alpha})`,
      notes: [
        "A sum over samples, no ½ on either side: the same alpha weighs less the more samples there are.",
        "RidgeClassifier is the same with targets −1 and +1.",
      ],
      source: docs("linear_model.html#ridge-regression"),
    },
    {
      id: "sklearn-lasso",
      framework: "scikit-learn",
      api: "Lasso",
      parameters: [ALPHA],
      objective: {
        plain: "‖y − Xw‖² / (2n) + alpha·‖w‖₁",
        tex: String.raw`\frac{1}{2n}\lVert y - Xw\rVert_2^2 + \alpha\lVert w\rVert_1`,
      },
      penalty: l1Side(MEAN, "alpha"),
      code: ({ alpha }) => `Lasso(alpha=${alpha})`,
      notes: [],
      source: docs("linear_model.html#lasso"),
    },
    {
      id: "sklearn-elastic-net",
      framework: "scikit-learn",
      api: "ElasticNet",
      parameters: [ALPHA, { name: "l1_ratio", default: 0.5, what: "L1 share" }],
      objective: {
        plain: "‖y − Xw‖² / (2n) + alpha·r·‖w‖₁ + alpha·(1 − r)/2·‖w‖², r = l1_ratio",
        tex: String.raw`\frac{1}{2n}\lVert y - Xw\rVert_2^2 + \alpha r\lVert w\rVert_1 + \frac{\alpha(1-r)}{2}\lVert w\rVert_2^2`,
      },
      penalty: mixSide(MEAN, { strength: "alpha", ratio: "l1_ratio" }),
      code: ({ alpha, l1_ratio }) => `ElasticNet(alpha=${alpha}, l1_ratio=${l1_ratio})`,
      notes: ["Ridge(a) is ElasticNet(a/n, l1_ratio=0): the scale is a mean here, a sum there."],
      source: docs("linear_model.html#elastic-net"),
    },
    {
      id: "sklearn-sgd-regressor",
      framework: "scikit-learn",
      api: "SGDRegressor",
      parameters: [
        { ...ALPHA, default: 1e-4 },
        { name: "l1_ratio", default: 0, what: "L1 share" },
      ],
      objective: {
        plain: "mean of ½(y − ŷ)² + alpha·(r·‖w‖₁ + (1 − r)/2·‖w‖²)",
        tex: String.raw`\frac1n\sum_i\tfrac12(y_i-\hat y_i)^2 + \alpha\Bigl(r\lVert w\rVert_1 + \frac{1-r}{2}\lVert w\rVert_2^2\Bigr)`,
      },
      penalty: mixSide(MEAN, { strength: "alpha", ratio: "l1_ratio" }),
      code: ({ alpha, l1_ratio }) => `SGDRegressor(${sgdArguments(alpha, l1_ratio)})`,
      notes: ['r is 0 for penalty="l2", 1 for "l1" and l1_ratio for "elasticnet".'],
      source: docs("sgd.html#mathematical-formulation"),
    },
    {
      id: "sklearn-mlp-regressor",
      framework: "scikit-learn",
      api: "MLPRegressor",
      parameters: [{ ...ALPHA, default: 1e-4 }],
      objective: {
        plain: "mean of ½(y − ŷ)² over the batch + alpha/(2·batch)·‖W‖²",
        tex: String.raw`\frac1B\sum_i\tfrac12(y_i-\hat y_i)^2 + \frac{\alpha}{2B}\lVert W\rVert_2^2`,
      },
      penalty: l2Side({ over: "batch", loss: "half-squared", intercept: "free" }, "alpha", 0.5),
      code: ({ alpha }) => `MLPRegressor(alpha=${alpha})`,
      notes: ["Divided by the samples of a batch, min(200, n) by default, and by n for lbfgs."],
      source: docs("neural_networks_supervised.html#mathematical-formulation"),
    },
    {
      id: "statsmodels-ols",
      framework: "statsmodels",
      api: "OLS.fit_regularized",
      parameters: [
        { ...ALPHA, default: 0 },
        { name: "L1_wt", default: 1, what: "L1 share" },
      ],
      objective: {
        plain: "RSS / (2n) + alpha·(L1_wt·‖w‖₁ + (1 − L1_wt)/2·‖w‖²)",
        tex: String.raw`\frac{1}{2n}\mathrm{RSS} + \alpha\Bigl(r\lVert w\rVert_1 + \frac{1-r}{2}\lVert w\rVert_2^2\Bigr)`,
      },
      penalty: mixSide(
        { over: "mean", loss: "half-squared", intercept: "penalised" },
        {
          strength: "alpha",
          ratio: "L1_wt",
        },
      ),
      code: ({ alpha, L1_wt }) => `OLS(…).fit_regularized(alpha=${alpha}, L1_wt=${L1_wt})`,
      notes: ["A column of ones is penalised like any other."],
      source:
        "https://www.statsmodels.org/stable/generated/statsmodels.regression.linear_model.OLS.fit_regularized.html",
    },
  ],
};

/** How SGD estimators are told a mix of L1 and L2. */
export function sgdArguments(alpha: string | undefined, ratio: string | undefined): string {
  if (ratio === "0") return `alpha=${alpha}`;
  if (ratio === "1") return `penalty="l1", alpha=${alpha}`;
  return `penalty="elasticnet", alpha=${alpha}, l1_ratio=${ratio}`;
}
