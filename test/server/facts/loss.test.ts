import { describe, expect, test } from "vitest";
import { lossFacts } from "../../../server/src/facts/loss.ts";
import { factsOf } from "../../support/facts-of.ts";

const body = (code: string) => `import numpy as np

def objective(w, X, y, lam):
    ${code.replaceAll("\n", "\n    ")}
`;

describe("lossFacts", () => {
  test("tells norms from the other terms of a sum", () => {
    const text = body("loss = np.mean((X @ w - y) ** 2) + lam * np.abs(w).sum()\nreturn loss");
    const [fact] = factsOf(lossFacts, text);
    expect(fact?.name).toBe("loss");
    expect(fact?.terms).toHaveLength(2);
    expect(fact?.norms).toHaveLength(1);
    expect(fact?.unusedDataLosses).toEqual([]);
  });

  test("names a returned sum after its function, and the data loss that it forgot", () => {
    const text = body(
      "mse = np.mean((X @ w - y) ** 2)\nreturn np.abs(w).sum() + lam * np.abs(w).sum()",
    );
    const [fact] = factsOf(lossFacts, text);
    expect(fact?.name).toBe("objective");
    expect(fact?.norms).toHaveLength(2);
    expect(fact?.unusedDataLosses).toEqual(["mse"]);
  });

  test.each([
    ["a sum without a norm", body("return X @ w + y")],
    ["a norm alone", body("return lam * np.abs(w).sum()")],
    ["a sum that is still being typed", body("loss = np.abs(w).sum() + lam * np.abs(")],
    ["nothing at all", ""],
  ])("finds nothing in %s", (_name, text) => expect(factsOf(lossFacts, text)).toEqual([]));
});
