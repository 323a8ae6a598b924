import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJsonNumber } from "../../../core/formats/json-number.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** What is read at the start of a text that goes on behind the number; `undefined` for nothing. */
function read(text: string): number | undefined {
  const { value, end } = readJsonNumber(bytesOf(`${text},`), 0);
  if (end < 0) return undefined;
  expect(end).toBe(text.length);
  return value;
}

const digits = (least: number, most: number) =>
  fc.stringMatching(new RegExp(`^[0-9]{${least},${most}}$`));

describe("readJsonNumber()", () => {
  test("reads every double as JSON.parse does", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(read(JSON.stringify(value))).toBe(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 3000 },
    );
  });

  test("reads doubles of the size of losses, and floats, as JSON.parse does", () => {
    const loss = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    const float = fc.float({ min: Math.fround(1e-6), max: Math.fround(1e4), noNaN: true });
    fc.assert(
      fc.property(fc.oneof(loss, float), (value) => {
        expect(read(String(value))).toBe(value);
      }),
      { numRuns: 5000 },
    );
  });

  test("rounds any decimal fraction as JSON.parse does, also between two doubles", () => {
    fc.assert(
      fc.property(digits(1, 3), digits(1, 25), fc.integer({ min: -30, max: 30 }), (a, b, e) => {
        const text = `${Number(a)}.${b}e${e}`;
        expect(read(text)).toBe(JSON.parse(text));
      }),
      { numRuns: 3000 },
    );
    for (const text of ["9007199254740993.0", "9007199254740993", "0.50000000000000005551115"]) {
      expect(read(text)).toBe(Number(text));
    }
  });

  test.each(["0", "-0", "-12", "1e5", "1E+5", "2.5e-300", "1e400", "123456789012345678901"])(
    "reads %s",
    (text) => expect(read(text)).toBe(JSON.parse(text)),
  );

  test.each(["", "-", "01", "1.", ".5", "1e", "1e+", "NaN", '"NaN"', "+1"])(
    "finds no number in %j",
    (text) => expect(read(text)).toBeUndefined(),
  );
});
