import { describe, expect, test } from "vitest";
import { evaluate } from "../../../server/src/math/evaluate.ts";
import { symbolsReadBy } from "../../../server/src/math/ir-walk.ts";
import { tensor } from "../../../server/src/math/tensor.ts";
import { lowered } from "../../support/lower.ts";

const X = tensor([3, 2], [1, -2, 0.5, 3, -1, 0.25]);
const w = tensor([2], [0.4, -1.5]);
const y = tensor([3], [1, 0, -2]);
const c = tensor([2, 1], [2, -3]);
const s = tensor([], [0.5]);
const VALUES = new Map([
  ["X#0", X],
  ["w#0", w],
  ["y#0", y],
  ["c#0", c],
  ["s#0", s],
]);
const evaluated = (expression: string) => evaluate(lowered(expression), VALUES);
const numbers = (expression: string) => [...(evaluated(expression)?.data ?? [])];

// X @ w = [0.4 + 3, 0.2 − 4.5, −0.4 − 0.375]
const XW = [3.4, -4.3, -0.775];

describe("lowerExpression() gives every spelling NumPy's meaning", () => {
  test.each([
    ["X @ w", XW],
    ["X.dot(w)", XW],
    ["np.dot(X, w)", XW],
    ["np.matmul(X, w)", XW],
    ["torch.mv(X, w)", XW],
    ["jnp.dot(X, w)", XW],
    ["X.T.T @ w", XW],
    ["X.transpose().t().matmul(w)", XW],
    ["w @ X.T", XW],
    ["X.T @ y", [3, -2.5]],
    ["X.T.dot(y)", [3, -2.5]],
    ["np.transpose(X) @ y", [3, -2.5]],
    ["np.einsum('ij,j->i', X, w)", XW],
    ["np.einsum('ij,j', X, w)", XW],
    ["np.einsum('j, ij -> i', w, X, optimize=True)", XW],
    ["torch.einsum('ij,i->j', X, y)", [3, -2.5]],
    ["np.einsum('ji,j->i', X, y)", [3, -2.5]],
    ["jnp.einsum('ij,jk->ik', X, c)", [8, -8, -2.75]],
    ["np.einsum('ij,kj->ki', X, X.T.T)[0]", [5, -5.5, -1.5]],
    ["np.einsum('j,j->', w, w)", [2.41]],
    ["np.einsum('j,j', w, w)", [2.41]],
    ["np.einsum('ij,ij->', X, X)", [15.3125]],
    ["np.einsum('ij,ij->i', X, X)", [5, 9.25, 1.0625]],
    ["np.einsum('ij,ji->i', X, X.T)", [5, 9.25, 1.0625]],
    ["np.einsum('ij->j', X)", [0.5, 1.25]],
    ["np.einsum('ij->', X)", [1.75]],
    ["np.einsum('ij->ji', X) @ y", [3, -2.5]],
    ["w @ w", [2.41]],
    ["np.dot(w, w)", [2.41]],
    ["np.inner(w, w)", [2.41]],
    ["np.vdot(c, c)", [13]],
    ["np.sum(w ** 2)", [2.41]],
    ["np.square(w).sum()", [2.41]],
    ["w.pow(2).sum()", [2.41]],
    ["torch.sum(torch.pow(w, 2))", [2.41]],
    ["np.power(w, 2).sum()", [2.41]],
    ["(w * w).sum()", [2.41]],
    ["np.multiply(w, w).sum()", [2.41]],
    ["la.norm(w) ** 2", [2.41]],
    ["np.linalg.norm(X) ** 2", [15.3125]],
    ["torch.norm(X) ** 2", [15.3125]],
    ["torch.norm(X, p=1)", [7.75]],
    ["X.norm(1)", [7.75]],
    ["la.norm(w, 1)", [1.9]],
    ["np.linalg.norm(w, ord=np.inf)", [1.5]],
    ["np.abs(w).sum()", [1.9]],
    ["abs(w).sum()", [1.9]],
    ["w.abs().sum()", [1.9]],
    ["sum(abs(w))", [1.9]],
    ["np.fabs(w).sum()", [1.9]],
    ["np.sign(w)", [1, -1]],
    ["-w", [-0.4, 1.5]],
    ["np.negative(w)", [-0.4, 1.5]],
    ["np.maximum(w, 0)", [0.4, 0]],
    ["np.clip(w, -1, 1)", [0.4, -1]],
    ["w.max()", [0.4]],
    ["np.max(np.abs(X))", [3]],
    ["X.sum(axis=0)", [0.5, 1.25]],
    ["np.sum(X, axis=1)", [-1, 3.5, -0.75]],
    ["X.sum(dim=-1)", [-1, 3.5, -0.75]],
    ["np.mean(X, 0)", [0.5 / 3, 1.25 / 3]],
    ["sum(X)", [0.5, 1.25]],
    ["X - X.sum(axis=1, keepdims=True)", [2, -1, -3, -0.5, -0.25, 1]],
    ["np.mean((X @ w - y) ** 2)", [(2.4 ** 2 + 4.3 ** 2 + 1.225 ** 2) / 3]],
    ["F.mse_loss(X @ w, y)", [(2.4 ** 2 + 4.3 ** 2 + 1.225 ** 2) / 3]],
    ["mean_squared_error(y, X @ w)", [(2.4 ** 2 + 4.3 ** 2 + 1.225 ** 2) / 3]],
    [
      "np.exp(s) + np.log(s) + np.sqrt(s) + math.exp(s)",
      [2 * Math.exp(0.5) - Math.log(2) + Math.SQRT1_2],
    ],
    ["expit(w)", [1 / (1 + Math.exp(-0.4)), 1 / (1 + Math.exp(1.5))]],
    ["torch.sigmoid(w)", [1 / (1 + Math.exp(-0.4)), 1 / (1 + Math.exp(1.5))]],
    ["len(y)", [3]],
    ["X.shape[1]", [2]],
    ["X.shape[-1]", [2]],
    ["X.size(0)", [3]],
    ["X.size", [6]],
    ["X.numel()", [6]],
    ["y[1:]", [0, -2]],
    ["y[-1]", [-2]],
    ["y[:2]", [1, 0]],
    ["c.ravel() + w", [2.4, -4.5]],
    ["w.reshape(-1, 1) * c", [0.8, 4.5]],
    ["c.squeeze()", [2, -3]],
    ["w.copy().detach().data", [0.4, -1.5]],
    ["np.asarray(w)", [0.4, -1.5]],
    [
      "2 / len(y) * X.T @ (X @ w - y)",
      [(2 / 3) * (2.4 - 2.15 - 1.225), (2 / 3) * (-4.8 - 12.9 + 0.30625)],
    ],
  ])("%s", (expression, expected) => {
    const given = numbers(expression);
    expect(given).toHaveLength(expected.length);
    for (const [index, value] of expected.entries()) expect(given[index]).toBeCloseTo(value, 12);
  });

  test.each([
    ["np.dot(s, w)", [2]],
    ["X @ c", [3, 1]],
    ["X.T", [2, 3]],
    ["c.T @ c", [1, 1]],
    ["w + c", [2, 2]],
  ])("shape of %s", (expression, shape) => expect(evaluated(expression)?.shape).toEqual(shape));

  test.each(["X @ y", "X + y", "s @ w", "la.norm(X, 1)", "X.sum(axis=2)"])(
    "has no value where NumPy raises or means a matrix norm: %s",
    (expression) => expect(evaluated(expression)).toBeUndefined(),
  );

  test.each([
    ["model(X, w)", ["X#0", "w#0"]],
    ["model.predict(X)", ["X#0", "model.*"]],
    ["w if s else y", ["w#0", "s#0", "y#0"]],
    ["[v * s for v in w]", ["w#0", "s#0"]],
    ["X[mask]", ["X#0", "mask#0"]],
    ["np.sum(X, axis=axis)", ["X#0", "axis#0"]],
    ["np.dot(*pair)", ["pair#0"]],
    ["w //", []],
  ])("keeps what an unknown value is made of: %s", (expression, keys) => {
    const [symbol, ...others] = symbolsReadBy(lowered(expression)).values();
    expect(others).toEqual([]);
    for (const key of keys) expect(symbol?.dependencies).toContain(key);
  });

  test("equal summaries of equal arrays are equal, results of calls are not", () => {
    const keysOf = (expression: string) => [...symbolsReadBy(lowered(expression)).keys()];
    expect(keysOf("w.std() - np.std(w)")).toHaveLength(1);
    expect(keysOf("w.std() - y.std()")).toHaveLength(2);
  });
});

// X = [[1, −2], [0.5, 3], [−1, 0.25]]
describe("lowerExpression() reads parts of matrices", () => {
  test.each([
    ["X[:, 0]", [3], [1, 0.5, -1]],
    ["X[:, [0]]", [3, 1], [1, 0.5, -1]],
    ["X[:, 1:]", [3, 1], [-2, 3, 0.25]],
    ["X[1:, 0]", [2], [0.5, -1]],
    ["X[0, :]", [2], [1, -2]],
    ["X[0, 1:]", [1], [-2]],
    ["w[:, np.newaxis]", [2, 1], [0.4, -1.5]],
    ["w[:, None]", [2, 1], [0.4, -1.5]],
    ["w[None, :]", [1, 2], [0.4, -1.5]],
    ["X[0][0]", [], [1]],
  ])("%s", (expression, shape, values) => {
    expect(evaluated(expression)?.shape).toEqual(shape);
    expect(numbers(expression)).toEqual(values);
  });

  test.each(["w[:, 0]", "X[i, 0]", "X[0, 0, 0]", "X[::2, 0]"])("%s has no value", (expression) => {
    expect(evaluated(expression)).toBeUndefined();
  });
});

describe("lowerExpression() knows the functions of models", () => {
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const W = [0.4, -1.5];
  const bce = -(Math.log(1 - sigmoid(0.4)) + Math.log(1 - sigmoid(-1.5))) / 2;
  test.each([
    ["np.tanh(w)", W.map(Math.tanh)],
    ["F.relu(w)", [0.4, 0]],
    ["np.log1p(s)", [Math.log1p(0.5)]],
    ["F.softplus(w)", W.map((x) => Math.log1p(Math.exp(x)))],
    ["np.logaddexp(0, w)", W.map((x) => Math.log1p(Math.exp(x)))],
    ["F.softshrink(w, s)", [0, -1]],
    ["torch.clamp(w, min=0)", [0.4, 0]],
    ["np.clip(w, -1, 0)", [0, -1]],
    ["sigmoid(w)", W.map(sigmoid)],
    ["utils.sigmoid_function(w)", W.map(sigmoid)],
    ["F.softmax(w, dim=0)", [sigmoid(1.9), sigmoid(-1.9)]],
    ["F.binary_cross_entropy_with_logits(w, 0 * w)", [bce]],
    ["F.binary_cross_entropy(sigmoid(w), 0 * w)", [bce]],
    ["np.outer(w, w)", [0.16, -0.6, -0.6, 2.25]],
    ["y == 0", [0, 1, 0]],
  ])("%s", (expression, expected) => {
    const given = numbers(expression);
    expect(given).toHaveLength(expected.length);
    for (const [index, value] of expected.entries()) expect(given[index]).toBeCloseTo(value, 12);
  });
});
