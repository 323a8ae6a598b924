import { describe, expect, test } from "vitest";
import { handGradientDisagreesWithLoss as rule } from "../../../../server/src/rules/formula/hand-gradient-disagrees-with-loss.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

/** A descent loop over `body`. */
const loop = (body: string) => `import numpy as np
import numpy as xp
import torch

def fit(X, y, lam, lr):
    m, n = X.shape
    theta = np.zeros(n)
    for _ in range(100):
        ${body.replaceAll("\n", "\n        ")}
    return theta
`;

const messageOf = (code: string) => findingsOf(rule, code)[0]?.message;

describe("hand-gradient-disagrees-with-loss, with a loss", () => {
  test.each([
    [
      "doubled data gradient",
      "J = (np.sum((X @ theta - y) ** 2) + lam * theta @ theta) / (2 * m)\ng = «2 / m * X.T @ (X @ theta - y)» + lam / m * theta\ntheta -= lr * g",
      "J = (np.sum((X @ theta - y) ** 2) + lam * theta @ theta) / (2 * m)\ng = 1 / m * X.T @ (X @ theta - y) + lam / m * theta\ntheta -= lr * g",
      "The data gradient is 2.000× the loss's, the penalty gradient 1.000×: your effective λ is lam / 2.",
    ],
    [
      "doubled penalty gradient, loss after the update",
      "r = X.dot(theta) - y\ntheta = theta - lr * (X.T.dot(r) / m + «2 * lam / m * theta»)\nloss = np.mean((X.dot(theta) - y) ** 2) / 2 + lam / (2 * m) * np.sum(theta ** 2)",
      "r = X.dot(theta) - y\ntheta = theta - lr * (X.T.dot(r) / m + lam / m * theta)\nloss = np.mean((X.dot(theta) - y) ** 2) / 2 + lam / (2 * m) * np.sum(theta ** 2)",
      "The data gradient is 1.000× the loss's, the penalty gradient 2.000×: your effective λ is 2 · lam.",
    ],
    [
      "halved penalty gradient in PyTorch's method forms",
      "cost = (X.mm(theta) - y).pow(2).mean() + lam * theta.pow(2).sum()\ng = 2 * X.t().mm(X.mm(theta) - y) / m + «lam * theta»\ntheta.sub_(lr * g)",
      undefined,
      "The data gradient is 1.000× the loss's, the penalty gradient 0.500×: your effective λ is lam / 2.",
    ],
    [
      "doubled data gradient in Einstein's notation",
      "r = np.einsum('ij,j->i', X, theta) - y\nJ = np.einsum('i,i->', r, r) / (2 * m) + lam / (2 * m) * np.einsum('j,j', theta, theta)\ng = «2 / m * np.einsum('ij,i->j', X, r)» + lam / m * theta\ntheta -= lr * g",
      undefined,
      "The data gradient is 2.000× the loss's, the penalty gradient 1.000×: your effective λ is lam / 2.",
    ],
    [
      "data summed where the loss takes the mean",
      "J = np.mean(np.square(X @ theta - y)) / 2 + lam / 2 * np.linalg.norm(theta) ** 2\ng = «X.T @ (X @ theta - y)» + lam * theta\ntheta -= lr * g",
      undefined,
      "The data gradient is 1.000·m× the loss's, the penalty gradient 1.000×: your effective λ is lam / m.",
    ],
    [
      "penalty of the wrong sign",
      "J = np.sum((X @ theta - y) ** 2) / (2 * m) + lam / 2 * np.sum(theta ** 2)\ntheta -= lr * (X.T @ (X @ theta - y) / m - «lam * theta»)",
      undefined,
      "The data gradient is 1.000× the loss's, the penalty gradient −1.000×: your effective λ is −lam, so the penalty drives the weights away from zero.",
    ],
    [
      "logistic regression through a helper",
      "h = 1 / (1 + np.exp(-X @ theta))\nJ = -np.mean(y * np.log(h) + (1 - y) * np.log(1 - h)) + lam / (2 * m) * np.sum(theta ** 2)\ng = X.T @ (h - y) / m + «lam * theta»\ntheta -= lr * g",
      undefined,
      "The data gradient is 1.000× the loss's, the penalty gradient 1.000·m×: your effective λ is lam · m.",
    ],
    [
      "an intercept that is not penalised",
      "J = np.sum((X @ theta - y) ** 2) / (2 * m) + lam / (2 * m) * np.sum(theta[1:] ** 2)\ng = X.T @ (X @ theta - y) / m\ng[1:] += «2 * lam / m * theta[1:]»\ntheta -= lr * g",
      "J = np.sum((X @ theta - y) ** 2) / (2 * m) + lam / (2 * m) * np.sum(theta[1:] ** 2)\ng = X.T @ (X @ theta - y) / m\ng[1:] += lam / m * theta[1:]\ntheta -= lr * g",
      "The data gradient is 1.000× the loss's, the penalty gradient 2.000×: your effective λ is 2 · lam.",
    ],
    [
      "L1 penalty",
      "J = np.mean((X @ theta - y) ** 2) + lam * np.abs(theta).sum()\ng = 2 * X.T @ (X @ theta - y) / m + «2 * lam * np.sign(theta)»\ntheta -= lr * g",
      "J = np.mean((X @ theta - y) ** 2) + lam * np.abs(theta).sum()\ng = 2 * X.T @ (X @ theta - y) / m + lam * np.sign(theta)\ntheta -= lr * g",
      "The data gradient is 1.000× the loss's, the penalty gradient 2.000×: your effective λ is 2 · lam.",
    ],
    [
      "learning rate inside every term",
      "J = np.sum((X @ theta - y) ** 2) / (2 * m) + lam / (2 * m) * np.sum(theta ** 2)\ntheta = theta - «2 * lr / m * X.T @ (X @ theta - y)» - lr * lam / m * theta",
      "J = np.sum((X @ theta - y) ** 2) / (2 * m) + lam / (2 * m) * np.sum(theta ** 2)\ntheta = theta - lr / m * X.T @ (X @ theta - y) - lr * lam / m * theta",
      "The data gradient is 2.000× the loss's, the penalty gradient 1.000×: your effective λ is lam / 2.",
    ],
  ])("tells the factors: %s", (_name, bad, good, message) => {
    checkRule(rule, loop(bad), good && loop(good));
    expect(messageOf(loop(bad).replaceAll(/[«»]/g, ""))).toBe(message);
    if (good !== undefined) checkRule(rule, loop(good));
  });

  test.each([
    [
      "penalty",
      "J = np.sum((X @ theta - y) ** 2) / (2 * m) + lam * np.sum(theta ** 4)\ng = X.T @ (X @ theta - y) / m + «lam * theta»\ntheta -= lr * g",
      /penalty part of this gradient is no multiple/,
    ],
    [
      "data",
      "J = np.sum((X @ theta - y) ** 2) / (2 * m) + lam / 2 * theta @ theta\ng = «X.T @ np.sign(X @ theta - y) / m» + lam * theta\ntheta -= lr * g",
      /data part of this gradient is no multiple/,
    ],
  ])("marks a wrong form as an error: %s", (_name, body, message) => {
    checkRule(rule, loop(body));
    const [finding] = findingsOf(rule, loop(body).replaceAll(/[«»]/g, ""));
    expect(finding?.severity).toBe("error");
    expect(finding?.message).toMatch(message);
    expect(finding?.fixes).toEqual([]);
    expect(finding?.related).toHaveLength(1);
  });

  test("marks a penalty that only the loss has", () => {
    checkRule(
      rule,
      loop(
        "J = np.sum((X @ theta - y) ** 2) / (2 * m) + lam / (2 * m) * theta @ theta\ng = «X.T @ (X @ theta - y) / m»\ntheta -= lr * g",
      ),
    );
  });

  test.each([
    [
      "the right gradient",
      "J = (np.sum((X @ theta - y) ** 2) + lam * theta @ theta) / (2 * m)\ng = (X.T @ (X @ theta - y) + lam * theta) / m\ntheta -= lr * g",
    ],
    [
      "one factor over both parts is a learning rate",
      "J = np.sum((X @ theta - y) ** 2) + lam * theta @ theta\ng = X.T @ (X @ theta - y) + lam * theta\ntheta -= lr * g",
    ],
    [
      "gradient ascent on the negative",
      "J = np.sum((X @ theta - y) ** 2) + lam * theta @ theta\ng = X.T @ (y - X @ theta) - lam * theta\ntheta += lr * g",
    ],
    [
      "a mean squared error is printed, its gradient is taken",
      "mse = np.mean((X @ theta - y) ** 2)\ng = 2 / m * X.T @ (X @ theta - y) + lam / m * theta\ntheta -= lr * g",
    ],
    [
      "a mean squared error is printed, the half form is minimised",
      "mse = np.mean((X @ theta - y) ** 2)\ng = X.T @ (X @ theta - y) / m + lam / m * theta\ntheta -= lr * g",
    ],
    [
      "one of two losses is the one that is minimised",
      "data_loss = np.sum((X @ theta - y) ** 2) / (2 * m)\nloss = data_loss + lam / 2 * theta @ theta\ntotal_loss = data_loss + lam * theta @ theta\ng = X.T @ (X @ theta - y) / m + lam * theta\ntheta -= lr * g",
    ],
    [
      "decay as a step of its own",
      "J = np.sum((X @ theta - y) ** 2) / (2 * m) + lam / 2 * theta @ theta\ng = X.T @ (X @ theta - y) / m\ntheta *= 1 - lr * lam\ntheta -= lr * g",
    ],
    [
      "a gradient of only a batch",
      "J = np.sum((X @ theta - y) ** 2) / (2 * m) + lam / 2 * theta @ theta\ni = np.random.randint(m, size=8)\nXb, yb = X[i], y[i]\ng = 2 * Xb.T @ (Xb @ theta - yb) / 8 + lam * theta\ntheta -= lr * g",
    ],
    [
      "momentum",
      "J = np.sum((X @ theta - y) ** 2) / (2 * m) + lam / 2 * theta @ theta\nv = 0.9 * v + 2 * X.T @ (X @ theta - y) / m + lam * theta\ntheta -= lr * v",
    ],
    [
      "a model in another file",
      "J = np.sum((model(X, theta) - y) ** 2) / (2 * m) + lam / 2 * theta @ theta\ng = 2 * X.T @ (model(X, theta) - y) / m + lam * theta\ntheta -= lr * g",
    ],
    [
      "dropout makes it random",
      "mask = np.random.rand(n) > 0.5\nJ = np.sum((X @ drop(theta) - y) ** 2) / (2 * m) + lam / 2 * theta @ theta\ng = 2 * X.T @ (X @ drop(theta) - y) / m + lam * theta\ntheta -= lr * g",
    ],
    [
      "a likelihood, which is maximised",
      "likelihood = -np.sum((X @ theta - y) ** 2) / 2 + lam * theta @ theta\ng = X.T @ (X @ theta - y) + lam * theta\ntheta -= lr * g",
    ],
    [
      "softmax, right for one-hot targets alone",
      "e = np.exp(X @ W)\np = e / np.sum(e, axis=1, keepdims=True)\nloss = -np.sum(Y * np.log(p)) / m + lam / 2 * np.sum(W * W)\ndW = X.T @ (p - Y) / m + lam * W\nW -= lr * dW",
    ],
    [
      "factorisation behind a mask, right for zeros and ones alone",
      "E = (U @ V.T - Y) * R\nJ = 0.5 * np.sum(E ** 2) + 0.5 * lam * np.sum(U ** 2) + 0.5 * lam * np.sum(V ** 2)\nU_grad = E @ V + lam * U\nU -= lr * U_grad",
    ],
    [
      "hinge loss",
      "margin = np.maximum(0, 1 - y * (X @ theta))\nloss = np.mean(margin) + lam * np.sum(theta ** 2)\ng = -X.T @ (y * np.sign(margin)) / m + 2 * lam * theta\ntheta -= lr * g",
    ],
    [
      "a network, layer by layer",
      "h = np.maximum(X.dot(W1), 0)\np = h.dot(W2)\nloss = np.square(p - y).sum() + lam * (np.sum(W1 * W1) + np.sum(W2 * W2))\ngp = 2.0 * (p - y)\ngw2 = h.T.dot(gp) + 2 * lam * W2\nW2 -= lr * gw2",
    ],
    [
      "a line by hand",
      "p = w * x + b\ncost = (1 / m) * np.sum((y - p) ** 2) + lam * w ** 2\ndw = (-2 / m) * np.sum(x * (y - p)) + 2 * lam * w\nw = w - lr * dw",
    ],
    [
      "half-typed",
      "J = np.sum((X @ theta - y) ** 2) / (2 * m) + lam * theta @\ng = 2 / m * X.T @ (X @ theta - y) + lam / m *\ntheta -= lr * g",
    ],
  ])("stays silent: %s", (_name, body) => checkRule(rule, loop(body)));
});

describe("hand-gradient-disagrees-with-loss, against the textbook", () => {
  test("tells where the 2 and the λ/m come from", () => {
    const body = "g = «2/m * X.T.dot(X.dot(theta) - y)» + lam/m * theta\ntheta -= lr * g";
    checkRule(
      rule,
      loop(body),
      loop("g = 1/m * X.T.dot(X.dot(theta) - y) + lam/m * theta\ntheta -= lr * g"),
    );
    expect(messageOf(loop(body).replaceAll(/[«»]/g, ""))).toBe(
      "The data gradient is 2.000× the loss's, the penalty gradient 1.000×, for J = Σ(h − y)²/(2m) + λ‖θ‖²/(2m); the 2 belongs to the mean squared error, λ/m to its half form: your effective λ is lam / 2.",
    );
  });

  test.each([
    [
      "a penalty term that is a number",
      "g = «2/m * X.T.dot(X.dot(theta) - y)» + lam/m * np.dot(theta,theta)\ntheta -= lr * g",
    ],
    ["a bias", "theta = theta - lr * («2 * X.T @ (X @ theta + b - y) / m» + lam / m * theta)"],
    [
      "len(y) for m",
      "g = «(2 / len(y)) * (X.T @ (X @ theta - y))» + (lam / len(y)) * theta\ntheta -= lr * g",
    ],
    [
      "an aliased import",
      "g = «xp.dot(X.T, xp.dot(X, theta) - y) * 2 / m» + xp.multiply(lam / m, theta)\ntheta -= lr * g",
    ],
  ])("reports the data factor: %s", (_name, body) => checkRule(rule, loop(body)));

  test.each([
    ["both doubled", "g = 2/m * X.T @ (X @ theta - y) + 2*lam/m * theta\ntheta -= lr * g"],
    ["neither doubled", "g = 1/m * X.T @ (X @ theta - y) + lam/m * theta\ntheta -= lr * g"],
    [
      "λ without 1/m is another convention",
      "g = 2/m * X.T @ (X @ theta - y) + 2 * lam * theta\ntheta -= lr * g",
    ],
    ["so is λ alone", "g = 2/m * X.T @ (X @ theta - y) + lam * theta\ntheta -= lr * g"],
    ["λ/m and a sum over the data", "g = X.T @ (X @ theta - y) + lam/m * theta\ntheta -= lr * g"],
    ["no penalty", "g = 2/m * X.T @ (X @ theta - y)\ntheta -= lr * g"],
    [
      "a residual of a model that is not linear",
      "g = 2/m * X.T @ (np.tanh(X @ theta) - y) + lam/m * theta\ntheta -= lr * g",
    ],
    ["an average over time", "mean = mean - 0.1 * (mean - X[0])"],
  ])("stays silent: %s", (_name, body) => checkRule(rule, loop(body)));

  test("says that the features' transpose is missing, where the shapes are stated", () => {
    const code = `import numpy as np
X = np.random.rand(100, 1)
y = 3 * X + 2 + np.random.rand(100, 1)
theta = np.random.rand(1, 1)
alpha = 0.01
lambda_ = 0.01
for i in range(1000):
    predictions = X * theta
    gradient = «(1 / m) * (predictions - y).T»
    gradient += (lambda_ / m) * theta
    theta := theta - alpha * gradient
`;
    checkRule(rule, code);
    const [finding] = findingsOf(rule, code.replaceAll(/[«»]/g, ""));
    expect(finding?.severity).toBe("error");
    expect(finding?.message).toMatch(/residual alone.*one per weight/);
  });

  test("keeps silent on the same lines with unknown shapes", () => {
    checkRule(
      rule,
      `def fit(X, y, theta, alpha, lambda_):
    for i in range(1000):
        gradient = (1 / m) * (X * theta - y).T
        gradient += (lambda_ / m) * theta
        theta = theta - alpha * gradient
`,
    );
  });
});

test("hand-gradient-disagrees-with-loss follows helpers and methods of the document", () => {
  checkRule(
    rule,
    `import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

class Model:
    def predict(self, X):
        return sigmoid(X @ self.w + self.b)

    def cost(self, X, y):
        h = self.predict(X)
        data = -np.mean(y * np.log(h) + (1 - y) * np.log(1 - h))
        return data + self.lam / (2 * len(y)) * np.sum(self.w ** 2)

    def fit(self, X, y):
        for _ in range(100):
            error = self.predict(X) - y
            self.w -= self.lr * (X.T @ error / len(y) + «self.lam * self.w»)
            self.b -= self.lr * np.mean(error)
            self.costs.append(self.cost(X, y))
`,
  );
});

test("hand-gradient-disagrees-with-loss pairs the methods of a class", () => {
  const code = (penalty: string) => `import numpy as np

class Ridge:
    def cost(self, X, y):
        m = len(y)
        return np.sum((X @ self.w - y) ** 2) / (2 * m) + self.lam / (2 * m) * np.sum(self.w ** 2)

    def gradient(self, X, y):
        m = len(y)
        return X.T @ (X @ self.w - y) / m + ${penalty} * self.w
`;
  checkRule(rule, code("self.lam / m"));
  checkRule(
    rule,
    code("«2 * self.lam / m").replace("* self.w\n", "* self.w»\n"),
    code("self.lam / m"),
  );
  const apart = code("2 * self.lam / m").replace(
    "    def gradient",
    "class Other:\n    def gradient",
  );
  checkRule(rule, apart);
});

test("hand-gradient-disagrees-with-loss judges gradients that are named or returned, too", () => {
  const { bad, good } = rule.docs;
  checkRule(
    rule,
    bad.replace("(2 / m) * X.T @ (X @ t - y)", "«(2 / m) * X.T @ (X @ t - y)»"),
    bad.replace("(2 / m)", "(1 / m)"),
  );
  checkRule(rule, bad.replace("(2 / m)", "(1 / m)"));
  checkRule(rule, good);
});

describe("hand-gradient-disagrees-with-loss, across functions", () => {
  const functions = (cost: string, gradient: string) => `import numpy as np
from helpers import sigmoid

def costFunction(theta, X, y, lmbda):
    m = len(y)
    h = sigmoid(X @ theta)
    ${cost.replaceAll("\n", "\n    ")}

def gradient(theta, X, y, lmbda):
    m = len(y)
    h = sigmoid(np.dot(X, theta))
    ${gradient.replaceAll("\n", "\n    ")}
`;
  const COST =
    "rest = theta.copy()\nrest[0] = 0\nJ = (-y.T @ np.log(h) - (1 - y).T @ np.log(1 - h) + lmbda / 2 * rest.T @ rest) / m\nreturn J";

  test.each([
    [
      "a copy without the intercept",
      "rest = theta.copy()\nrest[0] = 0\nreturn X.T @ (h - y) / m + lmbda / m * rest",
    ],
    [
      "an intercept that is replaced",
      "grad = X.T @ (h - y) / m + lmbda / m * theta\ngrad[0] = X[:, 0].T @ (h - y) / m\nreturn grad",
    ],
    [
      "the classes apart",
      "grad = np.dot(X.T, h - y) / m\ngrad[1:] += lmbda / m * theta[1:]\nreturn grad",
    ],
  ])("agrees with %s", (_name, gradient) => checkRule(rule, functions(COST, gradient)));

  test("finds the penalty's factor", () => {
    const gradient = "grad = X.T @ (h - y) / m\ngrad[1:] += «lmbda * theta[1:]»\nreturn grad";
    checkRule(rule, functions(COST, gradient));
    expect(messageOf(functions(COST, gradient).replaceAll(/[«»]/g, ""))).toBe(
      "The data gradient is 1.000× the loss's, the penalty gradient 1.000·m×: your effective λ is lmbda · m.",
    );
  });

  test("warns where only one of the two leaves the intercept out", () => {
    const code = functions(COST, "return X.T @ (h - y) / m + «lmbda / m * theta»");
    checkRule(rule, code);
    const [finding] = findingsOf(rule, code.replaceAll(/[«»]/g, ""));
    expect(finding?.severity).toBe("warning");
    expect(finding?.message).toBe(
      "This gradient and that of `costFunction` differ in the first entry of `theta` alone: only one of the two leaves the intercept out of the penalty.",
    );
  });

  test("sums over the samples of a class", () => {
    const cost =
      "fit = -np.log(h[y == 1]).sum() - np.log(1 - h[y == 0]).sum()\nreturn (fit + lmbda / 2 * theta @ theta) / m";
    checkRule(rule, functions(cost, "return (X.T @ (h - y) + lmbda * theta) / m"));
    checkRule(rule, functions(cost, "return (X.T @ (h - y) - «lmbda * theta») / m"));
  });

  test.each([
    [
      "a penalty inside of the mean",
      "return np.mean((h - y) ** 2 + lmbda * np.sum(theta ** 2))",
      "return 2 * X.T @ ((h - y) * h * (1 - h)) / m + 2 * lmbda * theta",
    ],
    [
      "a penalty that cannot be told apart",
      "return np.sum((h - y) ** 2 + lmbda * np.sum(theta ** 2))",
      "return 2 * X.T @ ((h - y) * h * (1 - h)) + lmbda * theta",
    ],
  ])("stays silent: %s", (_name, cost, gradient) => checkRule(rule, functions(cost, gradient)));
});

test("hand-gradient-disagrees-with-loss compares what a penalty object is multiplied by", () => {
  const code = (gradient: string) => `import numpy as np

class Regression:
    def fit(self, X, y):
        for _ in range(self.epochs):
            h = X.dot(self.w)
            mse = np.mean(0.5 * (y - h) ** 2 + self.regularization(self.w))
            grad = ${gradient}
            self.w -= self.lr * grad
`;
  const right = "-(y - h).dot(X) / len(y) + self.regularization.grad(self.w)";
  checkRule(rule, code(right));
  checkRule(rule, code(right.replace("-(y - h).dot(X) / len(y)", "-«(y - h).dot(X)»")));
  expect(messageOf(code(right.replace(" / len(y)", "")))).toBe(
    "The data gradient is 1.000·m× the loss's, the penalty gradient 1.000×: your effective λ is self.regularization / m.",
  );
});
