import { expect, test } from "vitest";
import { absorbSelections } from "../../../server/src/math/absorb-selections.ts";
import { evaluate } from "../../../server/src/math/evaluate.ts";
import { tensor } from "../../../server/src/math/tensor.ts";
import { lowered } from "../../support/lower.ts";

const VALUES = new Map([
  ["p#0", tensor([4], [0.1, 0.2, 0.3, 0.4])],
  ["y#0", tensor([4], [1, 0, 1, 0])],
  ["c#0", tensor([4, 1], [1, 0, 1, 0])],
  ["q#0", tensor([4, 1], [0.1, 0.2, 0.3, 0.4])],
]);
const chosenSum = (expression: string) =>
  evaluate(absorbSelections(lowered(expression)), VALUES)?.data[0];

test.each([
  ["np.log(p[y == 1]).sum()", Math.log(0.1) + Math.log(0.3)],
  ["-np.log(1 - p[y == 0]).sum()", -Math.log(0.8) - Math.log(0.6)],
  ["np.sum(p[y == 1] ** 2)", 0.01 + 0.09],
  ["p[y == 1].mean()", 0.2],
  ["y[y == 1] @ np.log(p[y == 1])", Math.log(0.1) + Math.log(0.3)],
  ["c[c == 1].T @ np.log(q[c == 1])", Math.log(0.1) + Math.log(0.3)],
  ["p.sum()", 1],
])("absorbSelections() of %s is the sum over what is chosen", (expression, expected) => {
  expect(chosenSum(expression)).toBeCloseTo(expected, 12);
});

test.each(["p[y == 1]", "p[y == 1].max()", "np.sum(p[y == 1] * p[y == 0])"])(
  "absorbSelections() leaves %s without a value",
  (expression) => expect(chosenSum(expression)).toBeUndefined(),
);
