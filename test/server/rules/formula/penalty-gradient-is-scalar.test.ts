import { describe, expect, test } from "vitest";
import { penaltyGradientIsScalar } from "../../../../server/src/rules/formula/penalty-gradient-is-scalar.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const IMPORTS = `import numpy as np
import numpy as xp
import numpy.linalg as la
import torch
import jax.numpy as jnp
`;

/** A descent loop over `update`, the body of the loop. */
const loop = (update: string) => `${IMPORTS}
def fit(X, y, lam, lr):
    m, n = X.shape
    theta = np.zeros(n)
    for _ in range(100):
        ${update.replaceAll("\n", "\n        ")}
    return theta
`;

describe("penalty-gradient-is-scalar", () => {
  test.each([
    [
      "dot of a vector with itself",
      "g = 2/m * X.T.dot(X.dot(theta) - y) + «lam/m * np.dot(theta,theta)»\ntheta -= lr * g",
      "g = 2/m * X.T.dot(X.dot(theta) - y) + lam/m * theta\ntheta -= lr * g",
    ],
    [
      "sum of squares, aliased import",
      "g = X.T @ (X @ theta - y) / m + «lam / m * xp.sum(theta ** 2)»\ntheta = theta - lr * g",
      "g = X.T @ (X @ theta - y) / m + lam / m * theta\ntheta = theta - lr * g",
    ],
    [
      "method form, λ doubled",
      "g = X.T @ (X @ theta - y) / m + «2 * lam * theta.dot(theta)»\ntheta -= lr * g",
      "g = X.T @ (X @ theta - y) / m + 2 * lam * theta\ntheta -= lr * g",
    ],
    [
      "operator form, read from the left",
      "theta -= lr * (X.T @ (X @ theta - y) / m + «(lam / m) * theta @ theta»)",
      "theta -= lr * (X.T @ (X @ theta - y) / m + (lam / m) * theta)",
    ],
    [
      "operator form in parentheses",
      "theta -= lr * (X.T @ (X @ theta - y) / m + «(lam * theta) @ theta»)",
      "theta -= lr * (X.T @ (X @ theta - y) / m + (lam * theta))",
    ],
    [
      "square of square and norm",
      "g = X.T @ (X @ theta - y) / m + «lam * la.norm(theta) ** 2»\ntheta -= lr * g",
      "g = X.T @ (X @ theta - y) / m + lam * theta\ntheta -= lr * g",
    ],
    [
      "square then sum as methods",
      "g = X.T @ (X @ theta - y) / m + «lam * np.square(theta).sum()»\ntheta -= lr * g",
      "g = X.T @ (X @ theta - y) / m + lam * theta\ntheta -= lr * g",
    ],
    [
      "a sum that is divided as a whole",
      "g = (X.T @ (X @ theta - y) + «lam * np.dot(theta, theta)») / m\ntheta -= lr * g",
      "g = (X.T @ (X @ theta - y) + lam * theta) / m\ntheta -= lr * g",
    ],
    [
      "an augmented gradient",
      "g = X.T @ (X @ theta - y) / m\ng += «lam / m * np.dot(theta, theta)»\ntheta -= lr * g",
      "g = X.T @ (X @ theta - y) / m\ng += lam / m * theta\ntheta -= lr * g",
    ],
    [
      "a norm kept under a name",
      "s = np.dot(theta, theta)\ng = X.T @ (X @ theta - y) / m + «lam / m * s»\ntheta -= lr * g",
      "s = np.dot(theta, theta)\ng = X.T @ (X @ theta - y) / m + lam / m * theta\ntheta -= lr * g",
    ],
    [
      "PyTorch",
      "g = X.t() @ (X @ theta - y) / m + «lam * torch.sum(theta.pow(2))»\ntheta.sub_(lr * g)",
      "g = X.t() @ (X @ theta - y) / m + lam * theta\ntheta.sub_(lr * g)",
    ],
    [
      "JAX",
      "g = X.T @ (X @ theta - y) / m + «lam * jnp.vdot(theta, theta)»\ntheta = theta - lr * g",
      "g = X.T @ (X @ theta - y) / m + lam * theta\ntheta = theta - lr * g",
    ],
  ])("replaces the number by the weights: %s", (_name, bad, good) => {
    checkRule(penaltyGradientIsScalar, loop(bad), loop(good));
    checkRule(penaltyGradientIsScalar, loop(good));
  });

  test.each([
    ["a coefficient that may hold its own ½", "lam / (2 * m) * np.dot(theta, theta)"],
    ["a norm that is not squared", "lam * np.linalg.norm(theta)"],
    ["an L1 norm", "lam * np.abs(theta).sum()"],
  ])("marks it without a fix: %s", (_name, penalty) => {
    const code = loop(`g = X.T @ (X @ theta - y) / m + «${penalty}»\ntheta -= lr * g`);
    checkRule(penaltyGradientIsScalar, code);
    const [finding] = findingsOf(penaltyGradientIsScalar, code.replaceAll(/[«»]/g, ""));
    expect(finding?.fixes).toEqual([]);
  });

  test.each([
    ["the right gradient", "g = X.T @ (X @ theta - y) / m + lam / m * theta\ntheta -= lr * g"],
    [
      "the sign of the weights",
      "g = X.T @ (X @ theta - y) / m + lam * np.sign(theta)\ntheta -= lr * g",
    ],
    ["a cost, which is a number", "J = ((X @ theta - y) ** 2).mean() + lam * np.dot(theta, theta)"],
    [
      "a cost in matrix form",
      "r = X @ theta - y\ncost = r.T @ r / (2 * m) + lam / (2 * m) * np.dot(theta, theta)",
    ],
    [
      "a gradient that is scaled by its norm",
      "g = X.T @ (X @ theta - y) / m\ntheta -= lr * g / np.linalg.norm(g)",
    ],
    ["weights that are normalised", "theta = theta / np.linalg.norm(theta)"],
    ["half-typed code", "g = X.T @ (X @ theta - y) / m + lam * np.dot(theta,\ntheta -= lr * "],
    ["a call that is not known", "theta -= lr * (model.grad(theta) + lam * np.dot(theta, theta))"],
  ])("stays silent: %s", (_name, code) => checkRule(penaltyGradientIsScalar, loop(code)));

  test("shifting an array by one number is no gradient step", () => {
    checkRule(
      penaltyGradientIsScalar,
      `${IMPORTS}
def make_nonnegative(X, min_value=0):
    min_ = X.min()
    if min_ < min_value:
        X = X + (min_value - min_)
    return X
`,
    );
  });

  test("a scalar weight may have a scalar gradient", () => {
    checkRule(
      penaltyGradientIsScalar,
      `${IMPORTS}
def fit(x, y, lam, lr, w=0.0):
    for _ in range(100):
        g = np.mean((w * x - y) * x) + lam * w
        w = w - lr * g
    return w
`,
    );
  });

  test("works on attributes of an object", () => {
    checkRule(
      penaltyGradientIsScalar,
      `import numpy as np
class Ridge:
    def step(self, X, y):
        g = X.T @ (X @ self.w - y) / len(y) + «self.lam * np.dot(self.w, self.w)»
        self.w -= self.lr * g
`,
      `import numpy as np
class Ridge:
    def step(self, X, y):
        g = X.T @ (X @ self.w - y) / len(y) + self.lam * self.w
        self.w -= self.lr * g
`,
    );
  });

  test("docs: `bad` fires once, fixing it gives `good`", () => {
    const { bad, good } = penaltyGradientIsScalar.docs;
    expect(findingsOf(penaltyGradientIsScalar, bad)).toHaveLength(1);
    const marked = bad.replace(
      "(lam / m) * np.dot(theta, theta)",
      "«(lam / m) * np.dot(theta, theta)»",
    );
    checkRule(penaltyGradientIsScalar, marked, good);
    checkRule(penaltyGradientIsScalar, good);
  });
});
