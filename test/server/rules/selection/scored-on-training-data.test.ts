import { describe, expect, test } from "vitest";
import { scoredOnTrainingData as rule } from "../../../../server/src/rules/selection/scored-on-training-data.ts";
import { applyEdits, checkRule, findingsOf } from "../../../support/check-rule.ts";

const fit = "clf = LogisticRegression()\nclf.fit(X, y)\n";

describe("scored-on-training-data", () => {
  test.each([
    ["score", `${fit}print(«clf.score(X, y)»)`],
    ["score in one go", "print(«SVC().fit(X, y).score(X, y)»)"],
    ["the fit's result", "m = Ridge().fit(X, y)\nr = «m.score(X, y)»"],
    ["a metric", `${fit}a = «accuracy_score(y, clf.predict(X))»`],
    ["a metric of a named prediction", `${fit}p = clf.predict(X)\na = «mean_squared_error(y, p)»`],
    ["a probability", `${fit}a = «roc_auc_score(y, clf.predict_proba(X)[:, 1])»`],
    ["keywords", `${fit}a = «clf.score(y=y, X=X)»`],
    ["an f-string", `${fit}print(f"R2 {«clf.score(X, y)»:.2f}")`],
    ["columns of a table", "m = Ridge().fit(df[cols], df.y)\nprint(«m.score(df[cols], df.y)»)"],
    ["a loop", "for C in grid:\n    m = SVC(C=C).fit(X, y)\n    s = «m.score(X, y)»"],
    ["a function", "def run(X, y):\n    m = SVC().fit(X, y)\n    return «m.score(X, y)»"],
    ["a pipeline", "m = make_pipeline(StandardScaler(), SVC())\nm.fit(X, y)\ns = «m.score(X, y)»"],
    ["a model fitted again", `m = PCA(2).fit(X)\nm = SVC().fit(X, y)\nprint(«m.score(X, y)»)`],
  ])("marks %s", (_name, code) => checkRule(rule, code));

  test.each([
    ["held-out data", `${fit}clf.score(A, b)`],
    ["both scores", `${fit}a = clf.score(X, y)\nb = clf.score(X_test, y_test)`],
    [
      "a metric on test data",
      `${fit}a = clf.score(X, y)\np = clf.predict(X_test)\nb = f1_score(t, p)`,
    ],
    ["a named training score", `${fit}train_score = clf.score(X, y)`],
    ["a printed training score", `${fit}print("Training accuracy", clf.score(X, y))`],
    ["X in between", `${fit}X = g()\nprint(clf.score(X, y))`],
    ["cross-validation", `${fit}cross_val_score(clf, X, y)\nprint(clf.score(X, y))`],
    ["out-of-bag", "m = RandomForestClassifier(oob_score=True).fit(X, y)\nm.score(X, y)"],
    ["clustering", "m = KMeans(3).fit(X)\nm.score(X)"],
    ["another estimator", "a = SVC().fit(X, y)\nb = SVC().fit(A, c)\nprint(b.score(X, y))"],
    [
      "one of two data sets",
      "if c:\n    X = g()\nelse:\n    X = h()\nm = SVC().fit(X, y)\nm.score(X, y)",
    ],
    ["calls that may differ", "m = SVC().fit(load(), y)\nm.score(load(), y)"],
    ["an assertion", `${fit}assert clf.score(X, y) > 0.9`],
    ["unknown estimators", "m = make()\nm.fit(X, y)\nm.score(X, y)"],
    ["half a line", "m = SVC().fit(X, \nm.score(X, y)"],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test.each([
    ["an own accuracy", `${fit}a = «np.mean(clf.predict(X) == y)»`],
    ["an own error", `m = Ridge().fit(X, y)\np = m.predict(X)\ne = «((p - y) ** 2).mean()»`],
    [
      "a test score of training batches",
      "loader = DataLoader(MNIST(r, train=True))\ntest_acc = «evaluate(net, loader)»",
    ],
    [
      "a printed one",
      "train_set, b = torch.utils.data.random_split(d, [8, 2])\n«print('Test accuracy', evaluate(net, train_set))»",
    ],
  ])("marks %s", (_name, code) => checkRule(rule, code));

  test.each([
    ["a residual", `m = Ridge().fit(X, y)\nr = y - m.predict(X)`],
    [
      "test batches",
      "loader = DataLoader(MNIST(r, train=False))\ntest_acc = evaluate(net, loader)",
    ],
    ["unknown batches", "test_acc = evaluate(net, loader)"],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test("only informs where nothing but names contradict each other", () => {
    const code = "test_acc = evaluate(net, train_loader)";
    expect(findingsOf(rule, code).map(({ severity }) => severity)).toEqual(["information"]);
  });

  test("is only an information in galleries and documentation", () => {
    const code = `${fit}print(clf.score(X, y))`;
    const severities = ["a.py", "plot_a.py", "docs/a.py"].map(
      (path) => findingsOf(rule, code, { path })[0]?.severity,
    );
    expect(severities).toEqual(["warning", "information", "information"]);
    checkRule(rule, code, undefined, { path: "tests/test_a.py" });
  });

  test("splits where the fit stands, with the indent and the import that are there", () => {
    checkRule(
      rule,
      "from sklearn.model_selection import train_test_split as tts\ndef f(A, b):\n    m = SVC().fit(A, b)\n    return «m.score(A, b)»",
      "from sklearn.model_selection import train_test_split as tts\ndef f(A, b):\n    A_train, A_test, b_train, b_test = tts(A, b, random_state=0)\n    m = SVC().fit(A_train, b_train)\n    return m.score(A_test, b_test)",
    );
  });

  test("offers no split where the names are taken", () => {
    const code = `X_train = X\n${fit}print(clf.score(X, y))`;
    expect(findingsOf(rule, code).map(({ fixes }) => fixes)).toEqual([[]]);
  });

  test("its documentation holds", () => {
    const { bad, good } = rule.docs;
    const [finding, ...others] = findingsOf(rule, bad);
    expect(others).toEqual([]);
    expect(finding?.fixes[0]?.safety).toBe("unsafe");
    expect(applyEdits(bad, finding?.fixes[0]?.edits ?? [])).toBe(good);
    expect(findingsOf(rule, good)).toEqual([]);
  });
});
