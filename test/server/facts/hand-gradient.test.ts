import { expect, test } from "vitest";
import { parse } from "../../../server/src/engine/parse.ts";
import { handGradientFacts } from "../../../server/src/facts/hand-gradient.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";

function factsOf(text: string) {
  const document = { path: "a.py", language: "python", text, project: NO_PROJECT } as const;
  return handGradientFacts
    .extract(parse(document), document)
    .map(({ parameter, role, isComplete, losses }) => ({
      parameter: parameter.name,
      role,
      isComplete,
      losses: losses.map(({ name }) => name),
    }));
}

const NONE = { isComplete: false, losses: [] };

test.each([
  ["an update", "w = w - lr * (X @ w)", { role: "update", parameter: "w", isComplete: true }],
  [
    "an augmented update",
    "w -= lr * (X @ w)",
    { role: "update", parameter: "w", isComplete: true },
  ],
  ["an ascent", "w += lr * (y - X @ w)", { role: "update", parameter: "w", isComplete: true }],
  [
    "the walrus slip",
    "w := w - lr * (X @ w)",
    { role: "update", parameter: "w", isComplete: true },
  ],
  [
    "a tensor's data",
    "w.data -= lr * (X @ w)",
    { role: "update", parameter: "w", isComplete: true },
  ],
  [
    "an attribute",
    "self.w -= lr * (X @ self.w)",
    { role: "update", parameter: "self.w", isComplete: true },
  ],
  ["a name", "grad = X.T @ r + lam * w", { role: "named", parameter: "w" }],
  [
    "a name that ends in the weights",
    "dw = X.T @ r + lam * v * w",
    { role: "named", parameter: "w" },
  ],
])("handGradientFacts finds %s", (_name, line, expected) => {
  expect(factsOf(`import numpy as np\n${line}\n`)).toEqual([{ ...NONE, ...expected }]);
});

test("handGradientFacts prefers an update to the names that it uses, and pairs it with losses", () => {
  const code = `import numpy as np
def fit(X, y, w, lam, lr):
    for _ in range(9):
        r = X @ w - y
        loss = np.mean(r ** 2) + lam * w @ w
        test_loss = np.mean(r ** 2)
        grad = X.T @ r
        grad += lam * w
        w -= lr * grad
    return w

def grad_of(w, X, y):
    return X.T @ (X @ w - y)
`;
  expect(factsOf(code)).toEqual([
    { parameter: "w", role: "update", isComplete: true, losses: ["loss"] },
    { parameter: "w", role: "returned", isComplete: true, losses: [] },
  ]);
});

test.each([
  ["a count", "n = n - 1"],
  ["a rescaling", "w = w / np.linalg.norm(w)"],
  ["a penalty on a gradient", "gradient_penalty = (g_norm @ w - 1) ** 2"],
  ["a term that is still being typed", "w -= lr * (X @ w +"],
  ["no arrays at all", "print(1)"],
])("handGradientFacts leaves %s alone", (_name, line) => {
  expect(factsOf(`import numpy as np\n${line}\n`)).toEqual([]);
});

test.each([
  ["the same topic", "cost_function", "gradient", "theta, X, y", ["cost_function"]],
  ["camel case", "computeCostReg", "gradientReg", "theta, X, y", ["computeCostReg"]],
  ["another topic", "lasso_cost", "ridge_gradient", "theta, X, y", []],
  ["other data", "cost", "gradient", "theta, A, b", []],
  ["another parameter", "cost", "gradient", "w, X, y", []],
])("handGradientFacts pairs functions of a module: %s", (_name, loss, gradient, inputs, losses) => {
  const [w, X, y] = inputs.split(", ");
  const code = `import numpy as np
def ${loss}(theta, X, y):
    return np.mean((X @ theta - y) ** 2)

def ${gradient}(${inputs}):
    return ${X}.T @ (${X} @ ${w} - ${y})
`;
  expect(factsOf(code)).toMatchObject([{ role: "returned", losses }]);
});

test("handGradientFacts reads the static methods of a class", () => {
  const code = `import numpy as np
class Linear:
    @staticmethod
    def hypothesis(X, theta):
        return X @ theta

    @staticmethod
    def cost(X, y, theta):
        return np.sum((Linear.hypothesis(X, theta) - y) ** 2)

    @staticmethod
    def gradient(X, y, theta):
        return 2 * X.T @ (Linear.hypothesis(X, theta) - y)
`;
  expect(factsOf(code)).toEqual([
    { parameter: "theta", role: "returned", isComplete: true, losses: ["cost"] },
  ]);
});
