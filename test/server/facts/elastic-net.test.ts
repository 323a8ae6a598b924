import { expect, test } from "vitest";
import { elasticNetFacts } from "../../../server/src/facts/elastic-net.ts";
import { factsOf } from "../../support/facts-of.ts";

test("elasticNetFacts finds a sum of both norms of the same weights once", () => {
  const code =
    "import numpy as np\ndef f(w, a, r):\n    pen = a * (r * np.abs(w).sum() + (1 - r) * (w ** 2).sum())\n    return pen\n";
  const facts = factsOf(elasticNetFacts, code);
  expect(facts.map(({ form }) => form)).toEqual(["sum"]);
});

test("elasticNetFacts finds the ratios of an estimator", () => {
  const code =
    "from sklearn.linear_model import ElasticNetCV\nElasticNetCV(l1_ratio=[0.1, 2, unknown])\n";
  const ratios = factsOf(elasticNetFacts, code).map((fact) =>
    fact.form === "argument" ? fact.ratio : fact.form,
  );
  expect(ratios).toEqual([0.1, 2]);
});

test.each([
  ["one norm", "pen = a * np.abs(w).sum()"],
  ["norms of different weights", "pen = np.abs(w).sum() + (v.weight ** 2).sum()"],
  ["half-typed code", "pen = np.abs(w).sum() + (w ** 2).sum("],
])("elasticNetFacts leaves %s alone", (_name, code) => {
  expect(factsOf(elasticNetFacts, `import numpy as np\n${code}\n`)).toEqual([]);
});
