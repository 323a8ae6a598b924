import { describe, expect, test } from "vitest";
import { estimatorFitFacts } from "../../../server/src/facts/estimator-fit.ts";
import { factsOf } from "../../support/facts-of.ts";

/** Estimator, role and target of each fit. */
const fits = (text: string) =>
  factsOf(estimatorFitFacts, text).map(({ estimator, target }) => {
    const y =
      target === undefined ? "-" : text.slice(target.value.span.start, target.value.span.end);
    return `${estimator.name} ${estimator.role} ${y}`;
  });

describe("estimatorFitFacts", () => {
  test.each([
    ["Ridge().fit(X, y)", ["Ridge regressor y"]],
    ["PCA(2).fit_transform(X)", ["PCA unsupervised -"]],
    ["KMeans(2).fit_predict(X, None)", ["KMeans unsupervised -"]],
    ["m = SVC()\nm.fit(y=t, X=X)", ["SVC classifier t"]],
    ["m = SVC().set_params(C=2)\nn = m\nn.fit(X, y)", ["SVC classifier y"]],
    ["make_pipeline(PCA(), SVC()).fit(X, y)", ["make_pipeline composite y"]],
    [
      "from sklearn.tree import DecisionTreeClassifier as T\nT().fit(X, y)",
      ["DecisionTreeClassifier classifier y"],
    ],
    ["SVC().fit(*data)", []],
    ["SVC().fit()", []],
    ["net.fit(X, y)", []],
    ["m = SVC() if c else Ridge()\nm.fit(X, y)", []],
    ["if c:\n  m = SVC()\nelse:\n  m = Ridge()\nm.fit(X, y)", []],
  ])("%j", (text, shown) => expect(fits(text)).toEqual(shown));
});
