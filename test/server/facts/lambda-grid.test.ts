import { describe, expect, test } from "vitest";
import { lambdaGridFacts } from "../../../server/src/facts/lambda-grid.ts";
import { factsOf } from "../../support/facts-of.ts";

/** Search, parameter, spacing and values of each grid. */
const grids = (text: string) =>
  factsOf(lambdaGridFacts, text).map(
    ({ search, parameter, grid }) =>
      `${search} ${parameter} ${grid.spacing} ${grid.values.map((value) => Number(value.toPrecision(6))).join(" ")}`,
  );

describe("lambdaGridFacts", () => {
  test.each([
    ["RidgeCV(alphas=[1, 2])", ["RidgeCV alpha listed 1 2"]],
    ["RidgeCV([1, 1e2])", ["RidgeCV alpha listed 1 100"]],
    ["RidgeCV()", ["RidgeCV alpha listed 0.1 1 10"]],
    ["a = np.logspace(-2, 2, 3)\nRidgeCV(alphas=a)", ["RidgeCV alpha logarithmic 0.01 1 100"]],
    ["ElasticNetCV(alphas=np.geomspace(1, 16, 3))", ["ElasticNetCV alpha logarithmic 1 4 16"]],
    ["LassoCV(alphas=np.linspace(0, 1, num=3))", ["LassoCV alpha even 0 0.5 1"]],
    ["LassoCV(alphas=np.arange(1, 3))", ["LassoCV alpha even 1 2"]],
    ["LassoCV(alphas=np.arange(3))", ["LassoCV alpha even 0 1 2"]],
    ["LassoCV(alphas=np.array([1, 2]))", ["LassoCV alpha listed 1 2"]],
    ["LassoCV()", []],
    ["LogisticRegressionCV(Cs=[1, 2])", ["LogisticRegressionCV C listed 1 2"]],
    ["LogisticRegressionCV(Cs=5)", []],
    ["GridSearchCV(Ridge(), {'alpha': [1, 2]})", ["GridSearchCV alpha listed 1 2"]],
    [
      "p = make_pipeline(StandardScaler(), SVC())\ng = {'svc__C': (1, 2), 'svc__gamma': [1]}\nGridSearchCV(p, param_grid=g)",
      ["GridSearchCV C listed 1 2"],
    ],
    [
      "GridSearchCV(SVC(), [{'C': [1, 2]}, {'C': [3, 4]}])",
      ["GridSearchCV C listed 1 2", "GridSearchCV C listed 3 4"],
    ],
    ["GridSearchCV(MultinomialNB(), {'alpha': [1, 2]})", []],
    ["GridSearchCV(make(), {'alpha': [1, 2]})", []],
    ["RidgeCV(alphas=load())", []],
    ["RidgeCV(alphas=[1, x])", []],
    ["RidgeCV(alphas=np.linspace(0, 1, 10**9))", []],
    ["RidgeCV(**options)", []],
    ["GridSearchCV(", []],
  ])("%j", (text, shown) => expect(grids(text)).toEqual(shown));
});
