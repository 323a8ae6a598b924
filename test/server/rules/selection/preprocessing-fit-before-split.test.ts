import { describe, expect, test } from "vitest";
import { preprocessingFitBeforeSplit as rule } from "../../../../server/src/rules/selection/preprocessing-fit-before-split.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const split = "A, B, c, d = train_test_split(X, y)\n";
const smote = "from imblearn.over_sampling import SMOTE\n";
const select = "from sklearn.feature_selection import SelectKBest\n";

describe("preprocessing-fit-before-split", () => {
  test.each([
    ["a scaler", `X = «StandardScaler().fit_transform(X)»\n${split}`],
    [
      "a scaler under another name",
      `Z = «StandardScaler().fit_transform(X)»\na, b = train_test_split(Z)`,
    ],
    [
      "an alias",
      "import sklearn.preprocessing as p\nimport sklearn.model_selection as m\nX = «p.MinMaxScaler().fit_transform(X)»\na, b = m.train_test_split(X)",
    ],
    [
      "fit and transform",
      `X = load()\ns = StandardScaler()\n«s.fit(X)»\nX = s.transform(X)\n${split}`,
    ],
    ["fit in a chain", `X = load()\ns = «StandardScaler().fit(X)»\nX = s.transform(X)\n${split}`],
    [
      "an old release",
      "from sklearn.cross_validation import train_test_split as s\nX = «PCA().fit_transform(X)»\na, b = s(X)",
    ],
    ["an imputer", `X = «SimpleImputer().fit_transform(X)»\n${split}`],
    ["a decomposition", `X = «PCA(9).fit_transform(X)»\n${split}`],
    ["words weighed by all documents", `X = «TfidfVectorizer().fit_transform(texts)»\n${split}`],
    ["a selection", `X = «SelectKBest(k=9).fit_transform(X, y)»\n${split}`],
    ["a resampling", `${smote}X, y = «SMOTE().fit_resample(X, y)»\n${split}`],
    [
      "a pipeline of transformers",
      `X = «make_pipeline(SimpleImputer(), StandardScaler()).fit_transform(X)»\n${split}`,
    ],
    [
      "a named column transformer",
      `n = StandardScaler()\np = ColumnTransformer([("n", n, cols)])\nX = «p.fit_transform(X)»\n${split}`,
    ],
    [
      "columns in place",
      `df[n] = «StandardScaler().fit_transform(df[n])»\na, b = train_test_split(df)`,
    ],
    [
      "columns in place, seen later",
      `df.loc[:, n] = «StandardScaler().fit_transform(df[n])»\nX = df.drop("y", axis=1).values\n${split}`,
    ],
    [
      "tensors",
      `X = «StandardScaler().fit_transform(X)»\nd = torch.utils.data.TensorDataset(torch.tensor(X))\na, b = torch.utils.data.random_split(d, [8, 2])`,
    ],
    [
      "folds",
      `${select}X = «SelectKBest().fit_transform(X, y)»\nfor a, b in KFold(5).split(X):\n    pass`,
    ],
    ["cross-validation", `X = «SelectKBest().fit_transform(X, y)»\ncross_val_score(m, X, y)`],
    ["a search", `X = «SelectKBest().fit_transform(X, y)»\nGridSearchCV(SVC(), grid).fit(X, y)`],
    [
      "a function",
      `def f(X, y):\n    X = «StandardScaler().fit_transform(X)»\n    return train_test_split(X, y)`,
    ],
    [
      "a helper",
      `def scale(a):\n    return «StandardScaler().fit_transform(a)»\nX = scale(X)\n${split}`,
    ],
    [
      "a method",
      `class A:\n    def run(self, X):\n        X = «PCA().fit_transform(X)»\n        a, b = train_test_split(X)`,
    ],
    [
      "the first of two splits only",
      `X = «PCA().fit_transform(X)»\n${split}e, f = train_test_split(X)`,
    ],
  ])("marks %s", (_name, code) => checkRule(rule, code));

  test.each([
    ["the split first", `${split}A = StandardScaler().fit_transform(A)`],
    [
      "rows split by file",
      "X_train = StandardScaler().fit_transform(X_train)\na, b = train_test_split(X_train)",
    ],
    [
      "a training part split again",
      `${split}A = StandardScaler().fit_transform(A)\ne, f = train_test_split(A)`,
    ],
    ["a pipeline", "cross_val_score(make_pipeline(StandardScaler(), SVC()), X, y)"],
    ["a stateless transformer", `X = Normalizer().fit_transform(X)\n${split}`],
    [
      "a hashing one",
      "from sklearn.feature_extraction.text import HashingVectorizer\nX = HashingVectorizer().fit_transform(X)\na, b = train_test_split(X)",
    ],
    ["categories", `X = OneHotEncoder().fit_transform(X)\n${split}`],
    ["counts of words", `X = CountVectorizer().fit_transform(X)\n${split}`],
    ["labels", `y = LabelEncoder().fit_transform(y)\n${split}`],
    ["polynomials", `X = PolynomialFeatures(2).fit_transform(X)\n${split}`],
    ["features of a network", `X = net(images)\n${split}`],
    ["scaled for a plot", `Z = PCA(2).fit_transform(X)\nplt.scatter(*Z.T)\n${split}`],
    [
      "columns scaled after the split",
      "a, b = train_test_split(df)\ndf[n] = StandardScaler().fit_transform(df[n])",
    ],
    [
      "columns of another table",
      "other[n] = StandardScaler().fit_transform(other[n])\na, b = train_test_split(df)",
    ],
    [
      "a table made anew",
      "df[n] = StandardScaler().fit_transform(df[n])\ndf = load()\na, b = train_test_split(df)",
    ],
    ["one of two ways", `if c:\n    X = PCA().fit_transform(X)\nelse:\n    X = g(X)\n${split}`],
    [
      "an own scaler",
      `class StandardScaler: pass\nX = StandardScaler().fit_transform(X)\n${split}`,
    ],
    ["unknown transformers", `X = make().fit_transform(X)\n${split}`],
    ["clusters", `X = KMeans(3).fit_transform(X)\n${split}`],
    ["splats", "X = PCA().fit_transform(X)\na, b = train_test_split(*arrays)"],
    ["half a line", "X = PCA().fit_transform(\na, b = train_test_split(X"],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test("stays silent in tests", () => {
    checkRule(rule, `X = PCA().fit_transform(X)\n${split}`, undefined, { path: "tests/test_a.py" });
  });

  test("is milder where a scaler meets folds", () => {
    const severity = (code: string) => findingsOf(rule, code)[0]?.severity;
    expect(severity("X = StandardScaler().fit_transform(X)\ncross_val_score(m, X, y)")).toBe(
      "information",
    );
    expect(severity("X = SelectKBest().fit_transform(X, y)\ncross_val_score(m, X, y)")).toBe(
      "warning",
    );
    const scaled = `X = StandardScaler().fit_transform(X)\n${split}`;
    expect(severity(scaled)).toBe("warning");
    expect(severity(scaled.replace(split, `cross_val_score(m, X, y)\n${split}`))).toBe("warning");
  });

  test("names a transformer that was built in place, and passes the target on", () => {
    checkRule(
      rule,
      "def f(X, y):\n    X = «SelectKBest(k=9).fit_transform(X, y)»\n    A, B, c, d = train_test_split(X, y)\n    return A",
      "def f(X, y):\n    transformer = SelectKBest(k=9)\n    A, B, c, d = train_test_split(X, y)\n    A = transformer.fit_transform(A, c)\n    B = transformer.transform(B)\n    return A",
    );
  });

  test.each([
    ["the array is used in between", `X = «PCA().fit_transform(X)»\nprint(X.shape)\n${split}`],
    ["the halves have no names", "X = «PCA().fit_transform(X)»\nf(train_test_split(X))"],
    [
      "the target is not split along",
      "X = «SelectKBest().fit_transform(X, y)»\na, b = train_test_split(X)",
    ],
    ["rows are resampled", `${smote}X, y = «SMOTE().fit_resample(X, y)»\n${split}`],
  ])("offers no edit where %s", (_name, code) =>
    checkRule(rule, code, code.replaceAll(/[«»]/g, "")),
  );
});
