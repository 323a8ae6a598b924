import { expect, test } from "vitest";
import { cheapestShift } from "../../../trainer/src/linear/class-shift.ts";
import { createRandom } from "../../../trainer/src/random.ts";

test.each([
  ["L2 alone: minus the mean", [1, 2, 6], { l1: 0, l2: 2 }, -3],
  ["L1 alone: minus the median", [1, 2, 6], { l1: 1, l2: 0 }, -2],
  ["L1 alone, a zero between is as good as any", [-1, 0, 0, 3], { l1: 1, l2: 0 }, 0],
  ["no penalty: nothing to gain", [1, 2, 6], { l1: 0, l2: 0 }, 0],
  ["all zero", [0, 0], { l1: 1, l2: 1 }, 0],
])("cheapestShift() with %s", (_name, weights, penalty, shift) => {
  expect(cheapestShift(weights, penalty)).toBeCloseTo(shift, 14);
});

test("cheapestShift() costs no more than any shift near it", () => {
  const random = createRandom(2, "shift");
  for (let round = 0; round < 200; round++) {
    const weights = Array.from({ length: 2 + random.integer(5) }, () => random.normal());
    const penalty = { l1: random.uniform(), l2: random.uniform() };
    const cost = (shift: number) =>
      weights.reduce((sum, w) => {
        const moved = w + shift;
        return sum + penalty.l1 * Math.abs(moved) + 0.5 * penalty.l2 * moved * moved;
      }, 0);
    const found = cheapestShift(weights, penalty);
    for (const by of [-1, -1e-3, 1e-3, 1]) {
      expect(cost(found)).toBeLessThanOrEqual(cost(found + by) + 1e-12);
    }
  }
});
