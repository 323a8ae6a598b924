import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pushApart } from "../../../webview/src/layout/push-apart.ts";

const cost = (positions: readonly number[], wanted: readonly number[]): number =>
  positions.reduce((sum, y, index) => sum + (y - (wanted[index] ?? 0)) ** 2, 0);

describe("pushApart()", () => {
  test.each([
    ["leaves labels that have room", [10, 40, 80], [10, 40, 80]],
    ["moves two equal ones by half the gap each", [50, 50], [43, 57]],
    ["centres three on their mean", [50, 50, 50], [36, 50, 64]],
    ["keeps the order of the wanted positions", [52, 50], [58, 44]],
    ["holds on to the upper edge", [0, 0], [0, 14]],
    ["holds on to the lower edge", [100, 100], [86, 100]],
    ["has nothing to do for none", [], []],
  ])("%s", (_name, wanted, positions) => {
    expect(pushApart(wanted, 14, [0, 100])).toEqual(positions);
  });

  test("spreads evenly when not all fit", () => {
    expect(pushApart([0, 0, 0], 80, [0, 100])).toEqual([0, 50, 100]);
  });

  test("keeps the gap, the range, and beats any other placement tried", () => {
    const positions = fc.array(fc.double({ min: 0, max: 200, noNaN: true }), {
      minLength: 1,
      maxLength: 7,
    });
    fc.assert(
      fc.property(
        positions,
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 7, maxLength: 7 }),
        (wanted, noise) => {
          const placed = pushApart(wanted, 14, [0, 200]);
          const sorted = [...placed].sort((a, b) => a - b);
          expect(sorted[0]).toBeGreaterThanOrEqual(-1e-9);
          expect(sorted.at(-1)).toBeLessThanOrEqual(200 + 1e-9);
          for (const [index, y] of sorted.entries()) {
            if (index > 0) expect(y - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(14 - 1e-9);
          }
          const other = placed.map((y, index) => y + (noise[index] ?? 0));
          const order = wanted
            .map((_, index) => index)
            .sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
          const isValid = order.every((index, rank) => {
            const y = other[index] ?? 0;
            const before = other[order[rank - 1] ?? -1];
            return y >= 0 && y <= 200 && (before === undefined || y - before >= 14);
          });
          if (isValid)
            expect(cost(other, wanted)).toBeGreaterThanOrEqual(cost(placed, wanted) - 1e-6);
        },
      ),
    );
  });
});
