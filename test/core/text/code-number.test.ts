import { describe, expect, test } from "vitest";
import { codeNumber } from "../../../core/text/code-number.ts";

describe("codeNumber()", () => {
  test.each([
    [0, "0"],
    [-0, "0"],
    [1e-4, "1e-4"],
    [2.5e-3, "2.5e-3"],
    [-0.001, "-1e-3"],
    [0.01, "0.01"],
    [0.183, "0.183"],
    [3000, "3000"],
    [4_294_967_295, "4294967295"],
    [1e9, "1e9"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
  ])("writes %f as %s", (value, text) => {
    expect(codeNumber(value)).toBe(text);
  });

  test("loses no digit", () => {
    for (const value of [1 / 3, 1 / 3e5, 0.1 + 0.2, 123_456_789.125]) {
      expect(Number(codeNumber(value))).toBe(value);
    }
  });
});
