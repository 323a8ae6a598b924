import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatLogTick, formatTicks } from "../../../webview/src/layout/axis-format.ts";
import {
  durationTicks,
  integerTicks,
  logTicks,
  niceTicks,
  tickDecimals,
} from "../../../webview/src/layout/ticks.ts";

describe("niceTicks()", () => {
  test.each([
    [0, 1.34, 7, [0, 0.2, 0.4, 0.6, 0.8, 1, 1.2]],
    [-0.13, 0.24, 4, [-0.1, 0, 0.1, 0.2]],
    [0, 2500, 5, [0, 500, 1000, 1500, 2000, 2500]],
    [3, 3, 5, [3]],
    [Number.NaN, 1, 5, []],
  ])("from %d to %d, at most %d", (min, max, most, ticks) => {
    expect(niceTicks(min, max, most)).toEqual(ticks);
  });

  test("stays inside, ascends and keeps to the count for any range", () => {
    const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        finite,
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (min, span, most) => {
          const max = min + span;
          const ticks = niceTicks(min, max, most);
          expect(ticks.length).toBeLessThanOrEqual(most + 1);
          for (const [index, tick] of ticks.entries()) {
            expect(tick).toBeGreaterThanOrEqual(min - span * 1e-6);
            expect(tick).toBeLessThanOrEqual(max + span * 1e-6);
            if (index > 0) expect(tick).toBeGreaterThan(ticks[index - 1] ?? 0);
          }
        },
      ),
    );
  });
});

test.each([
  [0, 3, 8, [0, 1, 2, 3]],
  [0, 20, 4, [0, 5, 10, 15, 20]],
  [0, 10, 4, [0, 3, 6, 9]],
])("integerTicks() from %d to %d, at most %d", (min, max, most, ticks) => {
  expect(integerTicks(min, max, most)).toEqual(ticks);
});

test.each([
  [0, 150, 5, [0, 30, 60, 90, 120, 150]],
  [0, 7200, 4, [0, 1800, 3600, 5400, 7200]],
])("durationTicks() from %d to %d, at most %d", (min, max, most, ticks) => {
  expect(durationTicks(min, max, most)).toEqual(ticks);
});

describe("logTicks()", () => {
  test.each([
    [0.01, 10, 6, [0.01, 0.1, 1, 10]],
    [1e-8, 1, 3, [1e-8, 1e-5, 1e-2]],
    [0.3, 0.9, 5, [0.5]],
    [0, 10, 5, []],
    [-1, 10, 5, []],
  ])("from %d to %d, at most %d", (min, max, most, expected) => {
    const ticks = logTicks(min, max, most);
    expect(ticks).toHaveLength(expected.length);
    for (const [index, tick] of ticks.entries()) expect(tick).toBeCloseTo(expected[index] ?? 0, 12);
  });
});

describe("labels of ticks", () => {
  test.each([
    [
      [0, 0.2, 0.4],
      ["0.0", "0.2", "0.4"],
    ],
    [
      [0, 0.25, 0.5],
      ["0.00", "0.25", "0.50"],
    ],
    [
      [-0.1, 0, 0.1],
      ["−0.1", "0.0", "0.1"],
    ],
    [
      [0, 500, 1000],
      ["0", "500", "1\u2009000"],
    ],
    [
      [0, 2e-5, 4e-5],
      ["0", "2e-5", "4e-5"],
    ],
    [[], []],
  ])("%j", (ticks, texts) => expect(formatTicks(ticks)).toEqual(texts));

  test.each([
    [1, "1"],
    [0.01, "10⁻²"],
    [1e-12, "10⁻¹²"],
    [1e5, "10⁵"],
    [0.05, "0.05"],
  ])("logarithmic %d", (tick, text) => expect(formatLogTick(tick)).toBe(text));

  test("decimals tell neighbours apart", () => {
    expect(tickDecimals([0, 0.125])).toBe(3);
    expect(tickDecimals([])).toBe(0);
  });
});
