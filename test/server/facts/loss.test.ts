import { expect, test } from "vitest";
import { parse } from "../../../server/src/engine/parse.ts";
import { lossFacts } from "../../../server/src/facts/loss.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";

function factsOf(text: string) {
  const document = { path: "a.py", language: "python", text, project: NO_PROJECT } as const;
  return lossFacts
    .extract(parse(document), document)
    .map(({ name, terms, norms, unusedDataLosses }) => ({
      name,
      terms: terms.length,
      norms: norms.length,
      unusedDataLosses,
    }));
}

test("lossFacts counts the terms of a sum and those that are norms", () => {
  const code = `import numpy as np
def objective(X, y, w, v, lam):
    mse = np.mean((X @ w - y) ** 2)
    loss = mse + lam * np.abs(w).sum() + 0.5 * np.sum(v ** 2) - v @ w
    return loss
`;
  expect(factsOf(code)).toEqual([{ name: "loss", terms: 4, norms: 2, unusedDataLosses: ["mse"] }]);
});

test("lossFacts names the function that returns a sum", () => {
  const code = "def penalty(w, lam):\n    return abs(w).sum() + lam * (w ** 2).sum()\n";
  expect(factsOf(code)).toEqual([{ name: "penalty", terms: 2, norms: 2, unusedDataLosses: [] }]);
});

test.each([
  ["a single norm", "loss = lam * np.abs(w).sum()"],
  ["a sum without norms", "loss = a.mean() + lam * w.sum()"],
  ["half-typed code", "loss = np.abs(w).sum() + lam * np.abs(w"],
])("lossFacts leaves %s alone", (_name, line) => {
  expect(factsOf(`import numpy as np\n${line}\n`)).toEqual([]);
});
