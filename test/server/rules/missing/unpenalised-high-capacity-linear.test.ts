import { describe, expect, test } from "vitest";
import { unpenalisedHighCapacityLinear as rule } from "../../../../server/src/rules/missing/unpenalised-high-capacity-linear.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

describe("unpenalised-high-capacity-linear", () => {
  test.each([
    ["a pipeline", "make_pipeline(PolynomialFeatures(9), «LinearRegression()»)"],
    [
      "a keyword",
      "make_pipeline(PolynomialFeatures(degree=9), StandardScaler(), «LinearRegression()»)",
    ],
    ["named steps", 'Pipeline([("p", PolynomialFeatures(9)), ("m", «LinearRegression()»)])'],
    [
      "an alias",
      "import sklearn.linear_model as l\nm = «l.LinearRegression()»\np = make_pipeline(PolynomialFeatures(9), m)",
    ],
    [
      "an array",
      "Z = PolynomialFeatures(8).fit_transform(X)\nm = «LinearRegression()»\nm.fit(Z, y)",
    ],
    [
      "a split array",
      "Z = PolynomialFeatures(8).fit_transform(X)\na, b, c, d = train_test_split(Z, y)\n«LinearRegression()».fit(a, c)",
    ],
    ["words", "make_pipeline(TfidfVectorizer(), «LogisticRegression(penalty=None)»)"],
    ["an infinite C", "make_pipeline(CountVectorizer(), «LogisticRegression(C=np.inf)»)"],
    [
      "an infinite C of Python",
      'make_pipeline(CountVectorizer(), «LogisticRegression(C=float("inf"))»)',
    ],
    ["the old spelling", 'make_pipeline(CountVectorizer(), «LogisticRegression("none")»)'],
    [
      "more features than samples",
      "X, y = make_regression(50, 200)\n«LinearRegression()».fit(X, y)",
    ],
    [
      "a function",
      "def f(d):\n    return make_pipeline(PolynomialFeatures(7), «LinearRegression()»)",
    ],
    [
      "a method",
      "class M:\n    def fit(self, X, y):\n        Z = PolynomialFeatures(6).fit_transform(X)\n        return «LinearRegression()».fit(Z, y)",
    ],
  ])("marks %s", (_name, code) => checkRule(rule, code));

  test.each([
    ["a penalty", "make_pipeline(PolynomialFeatures(9), Ridge())"],
    ["the default penalty", "make_pipeline(TfidfVectorizer(), LogisticRegression())"],
    ["degree 2", "make_pipeline(PolynomialFeatures(2), LinearRegression())"],
    ["the default degree", "make_pipeline(PolynomialFeatures(), LinearRegression())"],
    [
      "an unknown degree",
      "for d in range(9):\n    make_pipeline(PolynomialFeatures(d), LinearRegression())",
    ],
    ["plain features", "LinearRegression().fit(X, y)"],
    ["a selection", "make_pipeline(PolynomialFeatures(9), SelectKBest(k=4), LinearRegression())"],
    [
      "a decomposition",
      "Z = PCA(3).fit_transform(PolynomialFeatures(9).fit_transform(X))\nLinearRegression().fit(Z, y)",
    ],
    ["an unknown step", "make_pipeline(PolynomialFeatures(9), Mine(), LinearRegression())"],
    [
      "few words",
      "make_pipeline(TfidfVectorizer(max_features=9), LogisticRegression(penalty=None))",
    ],
    ["a constraint", "make_pipeline(PolynomialFeatures(9), LinearRegression(positive=True))"],
    [
      "inference",
      "import statsmodels.api as sm\nmake_pipeline(PolynomialFeatures(9), LinearRegression())",
    ],
    [
      "another pipeline",
      "make_pipeline(PolynomialFeatures(9), Ridge())\nmake_pipeline(PCA(), LinearRegression())",
    ],
    ["enough samples", "X, y = make_regression(500, 20)\nLinearRegression().fit(X, y)"],
    ["a large C", "make_pipeline(TfidfVectorizer(), LogisticRegression(C=100))"],
    [
      "an own class",
      "class LinearRegression: pass\nmake_pipeline(PolynomialFeatures(9), LinearRegression())",
    ],
    ["splats", "make_pipeline(*steps, LinearRegression())"],
    ["half a line", "make_pipeline(PolynomialFeatures(9), LinearRegression("],
  ])("stays silent: %s", (_name, code) => {
    if (_name === "half a line") expect(() => findingsOf(rule, code)).not.toThrow();
    else checkRule(rule, code);
  });

  test("is only an information for degrees 3 and 4", () => {
    const severities = [3, 4, 5].map(
      (degree) =>
        findingsOf(rule, `make_pipeline(PolynomialFeatures(${degree}), LinearRegression())`)[0]
          ?.severity,
    );
    expect(severities).toEqual(["information", "information", "warning"]);
  });

  test("brings a penalty in, or back", () => {
    checkRule(
      rule,
      "import numpy as np\nmake_pipeline(PolynomialFeatures(9), «LinearRegression(n_jobs=2)»)",
      "import numpy as np\nmake_pipeline(PolynomialFeatures(9), LinearRegression(n_jobs=2))",
    );
    checkRule(
      rule,
      "import numpy as np\nfrom sklearn.linear_model import LinearRegression\nmake_pipeline(PolynomialFeatures(9), «LinearRegression()»)",
      "import numpy as np\nfrom sklearn.linear_model import LinearRegression, RidgeCV\nmake_pipeline(PolynomialFeatures(9), RidgeCV(alphas=np.logspace(-6, 6, 25)))",
    );
    checkRule(
      rule,
      "make_pipeline(TfidfVectorizer(), «LogisticRegression(max_iter=9, C=np.inf)»)",
      "make_pipeline(TfidfVectorizer(), LogisticRegression(max_iter=9))",
    );
  });
});
