import { describe, test } from "vitest";
import { lambdaGridTooNarrow as rule } from "../../../../server/src/rules/selection/lambda-grid-too-narrow.ts";
import { checkRule } from "../../../support/check-rule.ts";

describe("lambda-grid-too-narrow", () => {
  test.each([
    ["a list", "RidgeCV(alphas=«[0.1, 0.2, 0.3]»)"],
    ["a list by position", "RidgeCV(«[0.5, 1, 5]»)"],
    ["the default", "m = «RidgeCV()»"],
    ["an alias", "import sklearn.linear_model as l\nl.LassoCV(alphas=«[1, 10]»)"],
    ["a name", "grid = [0.5, 1.0]\nRidgeCV(alphas=«grid»)"],
    ["even steps", "ElasticNetCV(alphas=«np.linspace(0.001, 10, 100)»)"],
    ["a narrow range", "LassoCV(alphas=«np.logspace(-1, 0, 10)»)"],
    ["a grid search", "GridSearchCV(SVC(), {'C': «[1, 2, 5, 10]», 'kernel': ['rbf']})"],
    ["a pipeline", "GridSearchCV(make_pipeline(PCA(), Ridge()), {'ridge__alpha': «[1, 2]»})"],
    ["a function", "def f():\n    return RidgeClassifierCV(alphas=«(1, 2)»)"],
  ])("marks %s", (_name, code) => checkRule(rule, code));

  test.each([
    ["powers of ten", "RidgeCV(alphas=[0.01, 0.1, 1, 10])"],
    ["two powers of ten", "RidgeCV(alphas=[1, 10, 100])"],
    ["a wide range", "RidgeCV(alphas=np.logspace(-6, 6, 25))"],
    ["a fine search", "RidgeCV(alphas=np.logspace(-1, 0, 40))"],
    ["a single value", "GridSearchCV(SVC(), {'C': [1]})"],
    [
      "a wider search before",
      "GridSearchCV(SVC(), {'C': [0.1, 1, 10, 100]})\nGridSearchCV(SVC(), {'C': [5, 10, 15]})",
    ],
    ["unknown values", "RidgeCV(alphas=alphas)"],
    ["a computed grid", "RidgeCV(alphas=10.0 ** np.arange(-3, 3))"],
    ["the path of the lasso", "LassoCV()"],
    ["other parameters", "GridSearchCV(SVC(), {'degree': [2, 3]})"],
    ["smoothing", "GridSearchCV(MultinomialNB(), {'alpha': [0.5, 1]})"],
    ["a number of values", "LogisticRegressionCV(Cs=20)"],
    ["splats", "RidgeCV(*grids)"],
    ["half a line", "RidgeCV(alphas=["],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test.each([
    [
      "import numpy\nm = RidgeCV(alphas=«[1, 2]»)",
      "import numpy\nm = RidgeCV(alphas=numpy.logspace(-6, 6, 25))",
    ],
    ["m = «RidgeCV()»", "import numpy as np\nm = RidgeCV(alphas=np.logspace(-6, 6, 25))"],
    [
      "import numpy as np\nm = «RidgeCV(cv=5)»",
      "import numpy as np\nm = RidgeCV(alphas=np.logspace(-6, 6, 25), cv=5)",
    ],
    [
      "import numpy as np\nGridSearchCV(SVC(), {'C': «[1, 2]»})",
      "import numpy as np\nGridSearchCV(SVC(), {'C': np.logspace(-4, 4, 9)})",
    ],
  ])("widens %j", (code, fixed) => checkRule(rule, code, fixed));
});
