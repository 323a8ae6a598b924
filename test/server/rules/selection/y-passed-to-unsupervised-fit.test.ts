import { describe, expect, test } from "vitest";
import { yPassedToUnsupervisedFit as rule } from "../../../../server/src/rules/selection/y-passed-to-unsupervised-fit.ts";
import { applyEdits, checkRule, findingsOf } from "../../../support/check-rule.ts";

const head = "from sklearn.decomposition import PCA\nfrom sklearn.cluster import KMeans\n";

describe("y-passed-to-unsupervised-fit", () => {
  test.each([
    ["PCA(n_components=2).fit(images, «texts»)", "PCA(n_components=2).fit(images)"],
    ["z = PCA(2).fit_transform(X, «y=y»)", "z = PCA(2).fit_transform(X)"],
    ["KMeans(3).fit(X, «y», w)", "KMeans(3).fit(X, None, w)"],
    ["KMeans(3).fit(X, «y», sample_weight=w)", "KMeans(3).fit(X, sample_weight=w)"],
    ["KMeans(3).fit(«y=y», X=X)", "KMeans(3).fit(X=X)"],
    ["p = PCA(2)\np.fit(X, «y»)", "p = PCA(2)\np.fit(X)"],
  ])("marks and removes y in %s", (marked, fixed) => checkRule(rule, head + marked, head + fixed));

  test.each([
    ["an alias", "from sklearn.preprocessing import StandardScaler as S\nS().fit(X, «y»)"],
    ["a module", "import sklearn.decomposition as d\nd.NMF(3).fit(X, «y»)"],
    ["a snippet without imports", "TruncatedSVD(5).fit(X, «y»)"],
    ["a private path", "from sklearn.decomposition._pca import PCA\nPCA().fit(X, «y»)"],
  ])("knows the estimator through %s", (_name, code) => checkRule(rule, code));

  test.each([
    ["no y", "PCA(2).fit(X)"],
    ["y is None", "PCA(2).fit(X, None)"],
    ["a pipeline", "from sklearn.pipeline import make_pipeline\nmake_pipeline(PCA(2)).fit(X, y)"],
    [
      "a transformer that uses y",
      "from sklearn.feature_selection import SelectKBest\nSelectKBest().fit(X, y)",
    ],
    ["a classifier", "LogisticRegression().fit(X, y)"],
    ["another PCA", "from mine import PCA\nPCA(2).fit(X, y)"],
    ["an own PCA", "class PCA: pass\nPCA(2).fit(X, y)"],
    ["arguments from elsewhere", "PCA(2).fit(*data)"],
    ["y handed on", "class T:\n    def fit(self, X, y=None):\n        PCA(2).fit(X, y)"],
    ["an estimator of unknown origin", "make().fit(X, y)"],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test("its documentation holds", () => {
    const { bad, good } = rule.docs;
    const [finding, ...others] = findingsOf(rule, bad);
    expect(others).toEqual([]);
    expect(finding?.fixes[0]?.safety).toBe("safe");
    expect(applyEdits(bad, finding?.fixes[0]?.edits ?? [])).toBe(good);
    expect(findingsOf(rule, good)).toEqual([]);
  });
});
