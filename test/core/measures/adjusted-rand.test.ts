import { describe, expect, test } from "vitest";
import { adjustedRand } from "../../../core/measures/adjusted-rand.ts";

const labels = (...values: readonly number[]) => Int32Array.from(values);

describe("adjustedRand", () => {
  test.each([
    ["the same groups under other names", [0, 0, 1, 1, 2], [5, 5, 3, 3, 4], 1],
    ["all in one group on both sides", [1, 1, 1], [2, 2, 2], 1],
    ["each in its own on both sides", [0, 1, 2], [2, 0, 1], 1],
    ["one group against three", [0, 0, 0], [0, 1, 2], 0],
    // sklearn's own example: 0.57142857…
    ["a group that is split", [0, 0, 1, 1], [0, 0, 1, 2], 4 / 7],
    // Worked by hand: Σ C(nᵢⱼ, 2) = 0, E = 2·2/6, most = 2.
    ["crossed groups", [0, 0, 1, 1], [0, 1, 0, 1], -0.5],
  ])("%s", (_name, a, b, expected) => {
    expect(adjustedRand(labels(...a), labels(...b))).toBeCloseTo(expected, 14);
  });

  test("knows nothing of a single row, and refuses lengths that differ", () => {
    expect(adjustedRand(labels(1), labels(1))).toBeNaN();
    expect(() => adjustedRand(labels(1), labels(1, 2))).toThrow("1 labels with 2 labels");
  });
});
