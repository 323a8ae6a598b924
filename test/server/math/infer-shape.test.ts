import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluate } from "../../../server/src/math/evaluate.ts";
import { inferShape } from "../../../server/src/math/infer-shape.ts";
import { binaryIr, symbolIr } from "../../../server/src/math/ir.ts";
import { expressions, randomValues } from "../../support/random-expression.ts";

test("inferShape() is the shape of the value, whenever it gives one", () => {
  const values = randomValues(3);
  let known = 0;
  fc.assert(
    fc.property(expressions, (expression) => {
      const shape = inferShape(expression, (key) => values.get(key)?.shape);
      if (shape === undefined) return;
      known += 1;
      expect(evaluate(expression, values)?.shape).toEqual(shape);
    }),
    { numRuns: 2000 },
  );
  expect(known).toBeGreaterThan(500);
});

test("inferShape() refuses what grows on both sides", () => {
  const shapes = new Map([
    ["a", [4, 1]],
    ["b", [4]],
    ["c", [1, 4]],
    ["d", [1]],
  ]);
  const of = (left: string, right: string) =>
    inferShape(
      binaryIr("+", symbolIr({ name: left, key: left }), symbolIr({ name: right, key: right })),
      (key) => shapes.get(key),
    );
  expect(of("a", "b")).toBeUndefined();
  expect(of("a", "c")).toBeUndefined();
  expect(of("a", "d")).toEqual([4, 1]);
  expect(of("c", "b")).toEqual([1, 4]);
  expect(of("a", "unknown")).toBeUndefined();
});
