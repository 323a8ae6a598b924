import { describe, expect, test } from "vitest";
import { classifierOnContinuousTarget as rule } from "../../../../server/src/rules/selection/classifier-on-continuous-target.ts";
import { applyEdits, checkRule, findingsOf } from "../../../support/check-rule.ts";

const fit = "\nLogisticRegression().fit(X, «y»)";

describe("classifier-on-continuous-target", () => {
  test.each([
    ["noise added to a product", "y = X @ w + np.random.randn(9)"],
    ["a scaled draw", "y = 2 * np.random.rand(9) - 1"],
    ["a generator's draw", "rng = np.random.default_rng(0)\ny = rng.normal(size=9)"],
    ["a regression data set", "X, y = make_regression(100)"],
    ["the target of a bunch", "d = load_diabetes()\nX = d.data\ny = d.target"],
    ["the target by key", "d = fetch_california_housing()\ny = d['target']"],
    ["unpacked data", "X, y = load_diabetes(return_X_y=True)"],
    ["the output of a decomposition", "y = PCA(n_components=2).fit_transform(texts)"],
    ["a rearranged draw", "y = np.random.randn(9, 1).ravel()[2:].astype(float)"],
    ["a function of a draw", "y = np.sin(np.random.uniform(size=9))"],
    ["a part of a split", "_, t = make_regression(9)\nX, A, y, b = train_test_split(_, t)"],
    ["a negated draw", "y = -np.random.randn(9)"],
  ])("marks %s", (_name, code) => checkRule(rule, code + fit));

  test.each([
    ["SVC", "SVC().fit(X, «y»)"],
    ["a forest", "RandomForestClassifier(50).fit(X, «y=y»)"],
    ["a named classifier", "c = KNeighborsClassifier()\nc.fit(X, «y»)"],
    ["a pipeline", "make_pipeline(StandardScaler(), LogisticRegression()).fit(X, «y»)"],
    ["a list of steps", "Pipeline([('s', StandardScaler()), ('c', SVC())]).fit(X, «y»)"],
    ["a search", "GridSearchCV(SVC(), grid).fit(X, «y»)"],
  ])("knows %s", (_name, code) => checkRule(rule, `y = np.random.randn(9)\n${code}`));

  test.each([
    ["a threshold", "y = np.random.randn(9) > 0"],
    ["a cast", "y = np.random.randn(9).astype(int)"],
    ["rounding", "y = np.round(np.random.rand(9))"],
    ["floor division", "y = np.random.rand(9) // 0.5"],
    ["labels", "X, y = make_classification(9)"],
    ["the features of a data set", "y, t = make_regression(9)"],
    ["values set in place", "y = np.random.randn(9)\ny[y > 0] = 1\ny[y <= 0] = 0"],
    ["one of two origins", "y = np.random.randn(9)\nif c:\n    y = labels"],
    ["unknown values", "y = load()"],
    ["integers", "y = np.random.randint(0, 2, 9)"],
    ["an unbound name", ""],
  ])("stays silent: %s", (_name, code) => checkRule(rule, (code + fit).replaceAll(/[«»]/g, "")));

  test("stays silent for regressors and clusterings", () => {
    checkRule(rule, "y = np.random.randn(9)\nRidge().fit(X, y)\nKMeans().fit(X, y)");
  });

  test("offers the regressor of the same module, with its import", () => {
    checkRule(
      rule,
      `from sklearn.linear_model import LogisticRegression as L\ny = np.random.randn(9)\nL(C=0.1).fit(X, «y»)`,
      `from sklearn.linear_model import LogisticRegression as L, Ridge\ny = np.random.randn(9)\nRidge().fit(X, y)`,
    );
    checkRule(
      rule,
      `from sklearn import svm\ny = np.random.randn(9)\nsvm.SVC(C=3).fit(X, «y»)`,
      `from sklearn import svm\ny = np.random.randn(9)\nsvm.SVR().fit(X, y)`,
    );
  });

  test("says where the values come from", () => {
    const [finding] = findingsOf(rule, `y = PCA(2).fit_transform(t)${fit.replaceAll(/[«»]/g, "")}`);
    expect(finding?.severity).toBe("error");
    expect(finding?.message).toContain("`y` holds real numbers: it is the output of `PCA`");
    expect(finding?.related).toHaveLength(1);
  });

  test("its documentation holds", () => {
    const { bad, good } = rule.docs;
    const [finding, ...others] = findingsOf(rule, bad);
    expect(others).toEqual([]);
    expect(applyEdits(bad, finding?.fixes[0]?.edits ?? [])).toBe(good);
    expect(findingsOf(rule, good)).toEqual([]);
  });
});
