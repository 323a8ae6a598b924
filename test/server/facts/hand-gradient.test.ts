import { describe, expect, test } from "vitest";
import { handGradientFacts } from "../../../server/src/facts/hand-gradient.ts";
import { factsOf } from "../../support/facts-of.ts";

const loop = (body: string) => `import numpy as np

def fit(X, y, lam, lr):
    m, n = X.shape
    theta = np.zeros(n)
    for _ in range(100):
        ${body.replaceAll("\n", "\n        ")}
    return theta
`;

describe("handGradientFacts", () => {
  test("reads the terms of an update and the losses it may belong to", () => {
    const text = loop(
      "J = np.sum((X @ theta - y) ** 2) / m\ng = X.T @ (X @ theta - y) / m + lam * theta\ntheta -= lr * g",
    );
    const [fact, ...others] = factsOf(handGradientFacts, text);
    expect(others).toEqual([]);
    expect(fact?.parameter.name).toBe("theta");
    expect(fact?.addends).toHaveLength(2);
    expect(fact?.losses.map(({ name }) => name)).toEqual(["J"]);
  });

  test.each([
    ["no update", loop("loss = np.mean((X @ theta - y) ** 2)")],
    ["a term that is still being typed", loop("theta -= lr * (X.T @ (X @ theta - y) / m + lam *")],
    ["nothing numeric", "def step(count):\n    count -= 1\n    return count\n"],
    ["nothing at all", ""],
  ])("finds nothing in %s", (_name, text) => {
    expect(factsOf(handGradientFacts, text)).toEqual([]);
  });
});
