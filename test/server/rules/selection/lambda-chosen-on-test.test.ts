import { describe, expect, test } from "vitest";
import { lambdaChosenOnTest as rule } from "../../../../server/src/rules/selection/lambda-chosen-on-test.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const split = "Xtr, Xte, ytr, yte = train_test_split(X, y)\n";
const fit = "Ridge(alpha=a).fit(Xtr, ytr)";

describe("lambda-chosen-on-test", () => {
  test.each([
    ["a key", `${split}b = max(grid, key=lambda a: «${fit}.score(Xte, yte)»)`],
    [
      "a loop that keeps the best",
      `${split}best = 0\nfor a in grid:\n    m = ${fit}\n    s = «m.score(Xte, yte)»\n    if s > best:\n        best, best_a = s, a`,
    ],
    [
      "a loop that keeps the best at once",
      `${split}for a in grid:\n    m = ${fit}\n    if «m.score(Xte, yte)» > best:\n        best = a`,
    ],
    [
      "a list of scores",
      `${split}scores = []\nfor a in grid:\n    scores.append(«${fit}.score(Xte, yte)»)\nb = grid[np.argmax(scores)]`,
    ],
    [
      "a list, by index",
      `${split}scores = []\nfor a in grid:\n    m = ${fit}\n    e = «mean_squared_error(yte, m.predict(Xte))»\n    scores.append(e)\nb = grid[scores.index(min(scores))]`,
    ],
    [
      "a dict of scores",
      `${split}scores = {}\nfor a in grid:\n    scores[a] = «${fit}.score(Xte, yte)»\nb = max(scores, key=scores.get)`,
    ],
    [
      "a comprehension",
      `${split}scores = [«${fit}.score(Xte, yte)» for a in grid]\nb = grid[np.argmin(scores)]`,
    ],
    [
      "two loops",
      `${split}for c in cs:\n    for g in gs:\n        m = SVC(C=c, gamma=g).fit(Xtr, ytr)\n        s = «m.score(Xte, yte)»\n        if s > best:\n            best = s`,
    ],
    [
      "a power",
      `${split}for i in range(-3, 3):\n    m = SVC(C=10.0**i).fit(Xtr, ytr)\n    s = «accuracy_score(yte, m.predict(Xte))»\n    if s >= best:\n        best = s`,
    ],
    [
      "neighbours",
      `${split}scores = []\nfor k in range(1, 20):\n    m = KNeighborsClassifier(k).fit(Xtr, ytr)\n    scores.append(«m.score(Xte, yte)»)\nk = np.argmax(scores) + 1`,
    ],
    [
      "an alias",
      `import sklearn.linear_model as l\n${split}b = min(grid, key=lambda a: «mean_squared_error(yte, l.Lasso(a).fit(Xtr, ytr).predict(Xte))»)`,
    ],
    [
      "a function",
      `def search(X, y):\n    Xtr, Xte, ytr, yte = train_test_split(X, y)\n    scores = [«${fit}.score(Xte, yte)» for a in grid]\n    return grid[np.argmax(scores)]`,
    ],
  ])("marks %s", (_name, code) => checkRule(rule, code));

  test.each([
    [
      "validation rows",
      `Xtr, X_val, ytr, yval = train_test_split(X, y)\nb = max(grid, key=lambda a: ${fit}.score(X_val, yval))`,
    ],
    [
      "rows that no name calls test",
      `A, B, c, d = train_test_split(X, y)\nb = max(grid, key=lambda a: Ridge(a).fit(A, c).score(B, d))`,
    ],
    [
      "folds",
      "for a in grid:\n    for i, j in KFold(5).split(X):\n        s = Ridge(a).fit(X[i], y[i]).score(X[j], y[j])\n        if s > best:\n            best = a",
    ],
    [
      "cross-validation",
      `${split}b = max(grid, key=lambda a: cross_val_score(Ridge(a), Xtr, ytr).mean())`,
    ],
    ["a curve", `${split}scores = [${fit}.score(Xte, yte) for a in grid]\nplt.plot(grid, scores)`],
    [
      "limits of a plot",
      `${split}scores = [${fit}.score(Xte, yte) for a in grid]\nplt.ylim(0, max(scores))`,
    ],
    ["printed scores", `${split}for a in grid:\n    print(a, ${fit}.score(Xte, yte))`],
    [
      "one score at the end",
      `${split}for a in grid:\n    s = cross_val_score(Ridge(a), Xtr, ytr)\n    if s.mean() > best:\n        best = s.mean()\nRidge(b).fit(Xtr, ytr).score(Xte, yte)`,
    ],
    [
      "seeds",
      `${split}for i in range(5):\n    m = SVC(random_state=i).fit(Xtr, ytr)\n    s = m.score(Xte, yte)\n    if s > best:\n        best = s`,
    ],
    [
      "kinds of models",
      `${split}for m in models:\n    s = m.fit(Xtr, ytr).score(Xte, yte)\n    if s > best:\n        best = s`,
    ],
    ["half a line", `${split}b = max(grid, key=lambda a: Ridge(a`],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test("is only a warning where nothing but a name says test", () => {
    const code = `b = max(grid, key=lambda a: ${fit}.score(X_test, y_test))`;
    expect(findingsOf(rule, code).map(({ severity }) => severity)).toEqual(["warning"]);
  });

  test("chooses by cross-validation instead", () => {
    checkRule(
      rule,
      `from sklearn.linear_model import Lasso\n${split}b = max([1, 9], key=lambda a: «Lasso(a).fit(Xtr, ytr).score(Xte, yte)»)`,
      `from sklearn.linear_model import Lasso, LassoCV\n${split}b = LassoCV(alphas=[1, 9]).fit(Xtr, ytr).alpha_`,
    );
  });
});
