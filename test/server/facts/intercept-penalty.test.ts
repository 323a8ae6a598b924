import { expect, test } from "vitest";
import { interceptPenaltyFacts } from "../../../server/src/facts/intercept-penalty.ts";
import { factsOf } from "../../support/facts-of.ts";

const ONES = "import numpy as np\nX = np.c_[np.ones(m), X]\n";

const shown = (text: string) =>
  factsOf(interceptPenaltyFacts, text).map(
    ({ span, side, weights }) => `${text.slice(span.start, span.end)} ${side} ${weights}`,
  );

test.each([
  [
    `${ONES}w = np.linalg.solve(X.T @ X + lam * np.eye(n), X.T @ y)`,
    ["lam * np.eye(n) first undefined"],
  ],
  [
    `${ONES}A = lam * np.eye(X.shape[1])\nw = np.linalg.inv(X.T.dot(X) + A) @ X.T @ y`,
    ["np.eye(X.shape[1]) first undefined"],
  ],
  [
    `${ONES}G = np.dot(X.T, X)\nw = np.linalg.pinv(lam * np.identity(n) + G)`,
    ["lam * np.identity(n) first undefined"],
  ],
  [`${ONES}g = X.T @ (X @ w - y) + lam * w\nw -= lr * g`, ["lam * w first w"]],
  [
    "w = np.linalg.solve(X.T @ X + lam * np.eye(d + 1), X.T @ y)",
    ["lam * np.eye(d + 1) undefined undefined"],
  ],
])("interceptPenaltyFacts finds %j", (text, expected) => expect(shown(text)).toEqual(expected));

test.each([
  ["no ones", "w = np.linalg.solve(X.T @ X + lam * np.eye(d), X.T @ y)"],
  [
    "an entry that is cleared",
    `${ONES}I = np.eye(n)\nI[0, 0] = 0\nw = np.linalg.solve(X.T @ X + lam * I, X.T @ y)`,
  ],
  [
    "a penalty that is changed",
    `${ONES}A = lam * np.eye(n)\nA[0, 0] = 0\nw = np.linalg.inv(X.T @ X + A)`,
  ],
  ["another matrix", `${ONES}w = np.linalg.inv(K + lam * np.eye(n))`],
  ["no penalty", `${ONES}w = np.linalg.inv(X.T @ X) @ X.T @ y`],
  [
    "a gradient without the intercept",
    `${ONES}g = X.T @ (X @ w - y)\ng[1:] += lam * w[1:]\nw -= lr * g`,
  ],
  ["a diagonal", `${ONES}w = np.linalg.inv(X.T @ X + lam * np.diag([0.0] + [1.0] * d))`],
  ["half-typed", `${ONES}w = np.linalg.solve(X.T @ X + lam * np.eye(`],
])("interceptPenaltyFacts leaves %s alone", (_name, text) => expect(shown(text)).toEqual([]));
