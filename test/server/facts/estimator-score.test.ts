import { describe, expect, test } from "vitest";
import { estimatorScoreFacts } from "../../../server/src/facts/estimator-score.ts";
import { factsOf } from "../../support/facts-of.ts";

/** Estimator and data of each score. */
const scores = (text: string) =>
  factsOf(estimatorScoreFacts, text).map(({ estimator, features, target }) => {
    const shown = [features, target].map(({ value }) =>
      text.slice(value.span.start, value.span.end),
    );
    return `${estimator.name} ${shown.join(" ")}`;
  });

describe("estimatorScoreFacts", () => {
  test.each([
    ["SVC().fit(X, y).score(A, b)", ["SVC A b"]],
    ["m = SVC()\nm.score(y=b, X=A)", ["SVC A b"]],
    ["m = SVC()\naccuracy_score(b, m.predict(A))", ["SVC A b"]],
    ["m = SVC()\np = m.predict(A)\nf1_score(y_true=b, y_pred=p)", ["SVC A b"]],
    ["m = SVC()\nroc_auc_score(b, m.predict_proba(A)[:, 1])", ["SVC A b"]],
    ["m = SVC()\nnp.mean(m.predict(A) == b)", ["SVC A b"]],
    ["m = SVC()\np = m.predict(A)\nr = np.mean(np.float64(p == b)) * 100", ["SVC A b"]],
    ["m = SVC()\n(b == m.predict(A)).mean()", ["SVC A b"]],
    ["m = SVR()\nsum((b - m.predict(A)) ** 2)", ["SVR A b"]],
    ["m = SVC()\nprint(classification_report(b, m.predict(A)))", []],
    [
      "from sklearn.metrics import classification_report as r\nm = SVC()\nr(b, m.predict(A))",
      ["SVC A b"],
    ],
    ["m = SVC()\nnp.mean(m.predict(A) == 1)", []],
    ["m = SVC()\nnp.mean(m.predict(A))", []],
    ["m = KMeans()\nm.score(A)", []],
    ["accuracy_score(b, p)", []],
    ["m.score(A, b)", []],
    ["m = SVC()\nmy_score(b, m.predict(A))", []],
  ])("%j", (text, shown) => expect(scores(text)).toEqual(shown));
});
