import { describe, expect, test } from "vitest";
import { estimatorFacts } from "../../../server/src/facts/estimator.ts";
import { factsOf } from "../../support/facts-of.ts";

describe("estimatorFacts", () => {
  test.each([
    ["SVC(C=2)", ["SVC classifier"]],
    ["from sklearn import linear_model\nlinear_model.RidgeCV()", ["RidgeCV regressor"]],
    [
      "make_pipeline(PCA(), SVC())",
      ["make_pipeline composite", "PCA unsupervised", "SVC classifier"],
    ],
    ["SimpleImputer()", ["SimpleImputer transformer"]],
    ["SVC", []],
    ["class SVC: pass\nSVC()", []],
    ["SVC(", ["SVC classifier"]],
  ])("%j", (text, shown) => {
    const found = factsOf(estimatorFacts, text).map(({ name, role }) => `${name} ${role}`);
    expect(found).toEqual(shown);
  });
});
