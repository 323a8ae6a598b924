import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeNumber, percent, shortNumber } from "../../../server/src/lambda/number-text.ts";

describe("shortNumber()", () => {
  test.each([
    [0, "0"],
    [1e-4, "1e-4"],
    [0.0009996, "0.001"],
    [0.02, "0.02"],
    [69314.7, "69,300"],
    [1e5, "1e5"],
    [99999.9, "1e5"],
    [6931471, "6.93e6"],
    [-0.5, "-0.5"],
    [Number.POSITIVE_INFINITY, "∞"],
  ])("writes %d as %s", (value, text) => expect(shortNumber(value)).toBe(text));

  test("percent() takes a share", () => expect(percent(0.00019998)).toBe("0.02 %"));
});

describe("codeNumber()", () => {
  test.each([
    [0.1 * 3, false, "0.3"],
    [5e-5, false, "5e-5"],
    [5e-5, true, "5.0e-5"],
    [2.5e-7, true, "2.5e-7"],
    [3e6, true, "3.0e+6"],
    [1 / 1000, false, "0.001"],
    [0, true, "0"],
  ])("writes %d (YAML: %s) as %s", (value, isYaml, text) =>
    expect(codeNumber(value, isYaml)).toBe(text),
  );

  test("reads back within 1e-14 of the number", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-200, max: 1e200, noNaN: true }),
        fc.boolean(),
        (value, yaml) => {
          expect(Math.abs(Number(codeNumber(value, yaml)) / value - 1)).toBeLessThan(1e-14);
        },
      ),
    );
  });
});
