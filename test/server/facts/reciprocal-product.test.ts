import { expect, test } from "vitest";
import { reciprocalProductFacts } from "../../../server/src/facts/reciprocal-product.ts";
import { factsOf } from "../../support/facts-of.ts";

const shown = (text: string) =>
  factsOf(reciprocalProductFacts, text).map(
    ({ name, product }) => `${name}: ${text.slice(product.span.start, product.span.end)}`,
  );

test.each([
  ["cost = 1 / 2 * m * np.sum(e ** 2)", ["cost: 1 / 2 * m"]],
  ["J = (1/2*m) * (e.T @ e)", ["J: 1/2*m"]],
  ["J = -1 / 2 * m * np.sum(e)", ["J: -1 / 2 * m"]],
  ["loss = 1.0 / 2.0 * len(y) * e.dot(e)", ["loss: 1.0 / 2.0 * len(y)"]],
  ["self.cost = 1 / 2 * X.shape[0] * np.dot(e, e)", ["cost: 1 / 2 * X.shape[0]"]],
  ["total = np.sum(e ** 2)\ncost = 1 / 2 * num_examples * total", ["cost: 1 / 2 * num_examples"]],
  ["def cost(e, m):\n    return 1 / 2 * m * np.sum(e ** 2)", ["cost: 1 / 2 * m"]],
  ["cost = 1 / (2 * m) * np.sum(e ** 2)", []],
  ["cost = (1 / 2) * m * np.sum(e ** 2)", []],
  ["cost = 1 / 2 * k * np.sum(e ** 2)", []],
  ["cost = 1 / m * 2 * np.sum(e ** 2)", []],
  ["area = 1 / 2 * m * np.sum(e ** 2)", []],
  ["loss = 1 / 2 * m * np.mean(e ** 2)", []],
  ["nll = 1 / 2 * n * np.log(2 * np.pi)", []],
  ["cost = np.sum(e) / 2 * m", ["cost: np.sum(e) / 2 * m"]],
  ["cost = 1 / 2 * m", []],
  ["cost = 1 / 2 * m *", []],
])("reciprocalProductFacts of %j", (text, expected) => expect(shown(text)).toEqual(expected));
