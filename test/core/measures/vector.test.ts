import { expect, test } from "vitest";
import { addScaled, dot, norm } from "../../../core/measures/vector.ts";

test("dot(), norm() and addScaled() follow their formulas", () => {
  const x = Float64Array.of(3, 4);
  const y = Float64Array.of(1, -2);
  expect(dot(x, y)).toBe(-5);
  expect(norm(x)).toBe(5);
  addScaled(y, x, 0.5);
  expect(y).toEqual(Float64Array.of(2.5, 0));
});
