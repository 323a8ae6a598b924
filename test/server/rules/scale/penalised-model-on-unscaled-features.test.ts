import { describe, test } from "vitest";
import { penalisedModelOnUnscaledFeatures as rule } from "../../../../server/src/rules/scale/penalised-model-on-unscaled-features.ts";
import { checkRule } from "../../../support/check-rule.ts";

const read = 'df = pd.read_csv("a.csv")\n';
const split = 'X = df.drop("y", axis=1)\nA, B, c, d = train_test_split(X, df.y)\n';

describe("penalised-model-on-unscaled-features", () => {
  test.each([
    ["columns", `${read}«Lasso(0.1).fit(df[["a", "b"]], df.y)»`],
    ["all but one", `${read}«Ridge().fit(df.drop("y", axis=1), df.y)»`],
    ["values", `${read}X = df.iloc[:, :-1].values\nm = SVC()\n«m.fit(X, y)»`],
    ["a split table", `${read}${split}m = LogisticRegression()\n«m.fit(A, c)»\nm.score(B, d)`],
    ["neighbours", `${read}${split}«KNeighborsClassifier(3).fit(A, c)»`],
    ["a decomposition", `${read}Z = «PCA(2).fit_transform(df[cols])»`],
    ["filled gaps", `${read}${split}«make_pipeline(SimpleImputer(), Lasso()).fit(A, c)»`],
    [
      "an alias",
      `import pandas\nimport sklearn.svm as s\nt = pandas.read_excel("a")\n«s.LinearSVC().fit(t[cols], y)»`,
    ],
    [
      "a helper",
      `def load():\n    ${read}    return df.dropna()\nt = load()\n«Ridge().fit(t[cols], t.y)»`,
    ],
    [
      "a method",
      `class M:\n    def run(self):\n        ${read}        return «Ridge().fit(df[self.cols], df.y)»`,
    ],
  ])("marks %s", (_name, code) => checkRule(rule, code));

  test.each([
    [
      "a scaler in a pipeline",
      `${read}make_pipeline(StandardScaler(), Lasso()).fit(df[cols], df.y)`,
    ],
    ["a scaler anywhere", `${read}s = RobustScaler()\nLasso().fit(df[cols], df.y)`],
    [
      "a column transformer",
      `${read}p = ColumnTransformer(t)\nmake_pipeline(p, Lasso()).fit(df[cols], y)`,
    ],
    ["standardised by hand", `${read}X = (df[cols] - df.mean()) / df.std()\nLasso().fit(X, y)`],
    ["divided", `${read}df /= 100\nLasso().fit(df[cols], y)`],
    ["logarithms", `${read}X = np.log(df[cols])\nPCA(2).fit(X)`],
    ["components", `${read}Z = FastICA().fit_transform(df[cols])\nSVC().fit(Z, y)`],
    ["a tree", `${read}RandomForestClassifier().fit(df[cols], df.y)`],
    ["least squares", `${read}LinearRegression().fit(df[cols], df.y)`],
    ["no penalty", `${read}LogisticRegression(penalty=None).fit(df[cols], df.y)`],
    ["one column", `${read}Ridge().fit(df[["a"]], df.y)`],
    ["one column by name", `${read}Ridge().fit(df["a"].values.reshape(-1, 1), df.y)`],
    ["one column by place", `${read}Ridge().fit(df.iloc[:, 0], y)`],
    [
      "words",
      `${read}X = TfidfVectorizer().fit_transform(df.text)\nLogisticRegression().fit(X, y)`,
    ],
    ["pixels", `df = pd.read_csv("mnist.csv")\nLogisticRegression().fit(df[cols], df.y)`],
    ["made-up data", "X, y = make_classification()\nSVC().fit(X, y)"],
    ["an unknown table", "df = load()\nRidge().fit(df[cols], df.y)"],
    ["an unknown step", `${read}make_pipeline(Mine(), Lasso()).fit(df[cols], y)`],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test("puts a scaler before the model", () => {
    checkRule(
      rule,
      `from sklearn.pipeline import make_pipeline\n${read}m = SVC(C=2)\n«m.fit(df[cols], df.y)»`,
      `from sklearn.pipeline import make_pipeline\nfrom sklearn.preprocessing import StandardScaler\n${read}m = make_pipeline(StandardScaler(), SVC(C=2))\nm.fit(df[cols], df.y)`,
    );
  });
});
