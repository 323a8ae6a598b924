import { describe, expect, test } from "vitest";
import { transformerRefitOnTest as rule } from "../../../../server/src/rules/selection/transformer-refit-on-test.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const split = "A, B, c, d = train_test_split(X, y)\n";

describe("transformer-refit-on-test", () => {
  test.each([
    [
      "one scaler",
      `${split}s = StandardScaler()\nA = s.fit_transform(A)\nB = «s.fit_transform(B)»`,
    ],
    [
      "two scalers",
      `${split}A = StandardScaler().fit_transform(A)\nB = «StandardScaler().fit_transform(B)»`,
    ],
    ["fit", `${split}s = PCA(2)\ns.fit(A)\n«s.fit(B)»\nB = s.transform(B)`],
    [
      "an alias",
      `import sklearn.preprocessing as p\n${split}A = p.MinMaxScaler().fit_transform(A)\nB = «p.MinMaxScaler().fit_transform(B)»`,
    ],
    ["words", `${split}v = TfidfVectorizer()\nA = v.fit_transform(A)\nB = «v.fit_transform(B)»`],
    [
      "a second split of the training rows",
      "A, B = train_test_split(X)\nC, D = train_test_split(A)\ns = StandardScaler()\nC = s.fit_transform(C)\nB = «s.fit_transform(B)»",
    ],
    [
      "columns",
      `${split}s = StandardScaler()\nA[n] = s.fit_transform(A[n])\nB[n] = «s.fit_transform(B[n])»`,
    ],
    [
      "the next step",
      `${split}i = SimpleImputer()\nA = i.fit_transform(A)\nB = i.transform(B)\ns = PCA(3)\nA = s.fit_transform(A)\nB = «s.fit_transform(B)»`,
    ],
    [
      "a pipeline",
      `${split}p = make_pipeline(SimpleImputer(), StandardScaler())\nA = p.fit_transform(A)\nB = «p.fit_transform(B)»`,
    ],
    [
      "a validation part",
      "X_train, X_val = train_test_split(X)\ns = StandardScaler()\ns.fit(X_train)\nX_val = «s.fit_transform(X_val)»",
    ],
    [
      "a data set with parts",
      "from keras.datasets import boston_housing\n(a, b), (c, d) = boston_housing.load_data()\ns = StandardScaler()\na = s.fit_transform(a)\nc = «s.fit_transform(c)»",
    ],
    [
      "folds",
      "s = StandardScaler()\nfor i, j in KFold(5).split(X):\n    A = s.fit_transform(X[i])\n    B = «s.fit_transform(X[j])»",
    ],
    [
      "a method",
      "class M:\n    def f(self, X):\n        A, B = train_test_split(X)\n        s = StandardScaler()\n        A = s.fit_transform(A)\n        return «s.fit_transform(B)»",
    ],
    [
      "halves from a helper",
      "def load():\n    A, B = train_test_split(X)\n    return A, B\np, q = load()\ns = PCA()\np = s.fit_transform(p)\nq = «s.fit_transform(q)»",
    ],
  ])("marks %s", (_name, code) => checkRule(rule, code));

  test.each([
    ["transform", `${split}s = StandardScaler()\nA = s.fit_transform(A)\nB = s.transform(B)`],
    [
      "names alone",
      "s = StandardScaler()\nX_train = s.fit_transform(X_train)\nX_test = s.fit_transform(X_test)",
    ],
    ["a value named val", "s = StandardScaler()\nval = s.fit_transform(val)"],
    ["the held-out rows only", `${split}B = StandardScaler().fit_transform(B)`],
    [
      "other arrays",
      `${split}A = StandardScaler().fit_transform(A)\nd = StandardScaler().fit_transform(d)`,
    ],
    [
      "other columns",
      `${split}A["a"] = StandardScaler().fit_transform(A[["a"]])\nB["b"] = StandardScaler().fit_transform(B[["b"]])`,
    ],
    [
      "another class",
      `${split}A = StandardScaler().fit_transform(A)\nB = MinMaxScaler().fit_transform(B)`,
    ],
    ["another split", `${split}s = PCA()\ns.fit(A)\ne, f = train_test_split(Z)\ns.fit(f)`],
    ["stateless", `${split}n = Normalizer()\nA = n.fit_transform(A)\nB = n.fit_transform(B)`],
    ["clusters", `${split}k = KMeans(3)\nk.fit(A)\nk.fit(B)`],
    ["a picture", `${split}t = TSNE()\na = t.fit_transform(A)\nb = t.fit_transform(B)`],
    [
      "domain adaptation",
      `def adapt_domain(X):\n    A, B = train_test_split(X)\n    s = StandardScaler()\n    s.fit(A)\n    s.fit(B)`,
    ],
    ["predictors", `${split}m = SVC()\nm.fit(A, c)\nm.fit(B, d)`],
    ["half a line", `${split}s = PCA()\ns.fit_transform(A)\ns.fit_transform(B`.slice(0, -3)],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test("calls the object that knows the training rows, and drops the target", () => {
    checkRule(
      rule,
      `${split}s = SelectKBest()\nA = s.fit_transform(A, c)\nB = «s.fit_transform(B, d)»`,
      `${split}s = SelectKBest()\nA = s.fit_transform(A, c)\nB = s.transform(B)`,
    );
    checkRule(
      rule,
      `${split}s = PCA()\nA = s.fit_transform(A)\nB = «PCA().fit_transform(B)»`,
      `${split}s = PCA()\nA = s.fit_transform(A)\nB = s.transform(B)`,
    );
    checkRule(
      rule,
      `${split}A = PCA().fit_transform(A)\nB = «PCA().fit_transform(B)»`,
      `${split}A = PCA().fit_transform(A)\nB = PCA().fit_transform(B)`,
    );
  });

  test("is only a warning for codes of categories", () => {
    const code = `${split}e = LabelEncoder()\nc = e.fit_transform(c)\nd = e.fit_transform(d)`;
    expect(findingsOf(rule, code).map(({ severity }) => severity)).toEqual(["warning"]);
  });
});
