import { describe, expect, test } from "vitest";
import { errorRange } from "../../../webview/src/layout/error-range.ts";

const path = (...means: readonly number[]) =>
  means.map((mean, index) => ({ lambda: 1 / (index + 1), mean, se: 0.1, non_zeros: index }));

describe("errorRange", () => {
  test("holds all of a path whose errors are near each other", () => {
    const { range, cut } = errorRange(path(1.4, 1.2, 1, 1.1));
    expect(cut).toBeUndefined();
    expect(range[0]).toBeLessThan(0.9);
    expect(range[1]).toBeGreaterThan(1.5);
  });

  test("leaves out a strong λ that would flatten the rest, and says how far it goes", () => {
    const { range, cut } = errorRange(path(90, 40, 1.2, 1, 1.1));
    expect(cut).toBeCloseTo(90.1, 12);
    expect(range[1]).toBeLessThan(2);
  });

  test("shows half of the means at least", () => {
    const { range } = errorRange(path(90, 40, 30, 20, 1));
    expect(range[1]).toBeGreaterThan(30);
  });

  test("has room about a single error", () => {
    const { range } = errorRange([{ lambda: 1, mean: 2, se: 0, non_zeros: 1 }]);
    expect(range[0]).toBeLessThan(2);
    expect(range[1]).toBeGreaterThan(2);
  });
});
