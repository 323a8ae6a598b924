import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decimalNumber,
  isFloatLostToPyyaml,
  isPyyamlFloat,
  isPyyamlNumber,
  portableFloat,
  pyyamlFloatFault,
} from "../../../server/src/config/pyyaml-number.ts";

/** What `yaml.safe_load` of PyYAML 6.0.3 returns for each plain scalar. */
const BY_PYYAML = {
  float: [
    ...["1.0e-2", "1.0e+5", "1.E-3", "1.e-3", "1.", "1.5", ".5", ".5e-3", "-0.5e-3", "0.0", "0."],
    ...["1_000.5", "1__0.5", "1._5", "+1.0e-2", "12.e+03"],
    ...["190:20:30.15", "-1:30.5", ".inf", "-.inf", "+.Inf", ".INF", ".nan", ".NaN"],
  ],
  int: ["190:20:30", "1:5", "0x1F", "010", "0b11", "0", "-0"],
  text: [
    ...["1e-2", "1.0e5", "1e5", "1E-3", "-.5", "+.5", "-.5e-3", ".5e3", "1_000e-3", "+1e-2"],
    ...["-.nan", "inf", "nan", "1e", "e5", "1.2.3", "08", "1e-", "1.0e", "_1.5", "12e03"],
    ...["1.5E5", "1,5", "1.5f", "1.0 e-2", "5e-324", "1e-0", ""],
  ],
} as const;

describe("PyYAML's numbers", () => {
  test.each(BY_PYYAML.float)("%j is a float", (text) => {
    expect([isPyyamlFloat(text), isPyyamlNumber(text)]).toEqual([true, true]);
  });
  test.each(BY_PYYAML.int)("%j is an integer", (text) => {
    expect([isPyyamlFloat(text), isPyyamlNumber(text)]).toEqual([false, true]);
  });
  test.each(BY_PYYAML.text)("%j is text", (text) => {
    expect([isPyyamlFloat(text), isPyyamlNumber(text)]).toEqual([false, false]);
  });
});

describe("isFloatLostToPyyaml()", () => {
  test.each(["1e-2", "1.0e5", "1e5", "-.5", "+.5", "-.5e-3", ".5e3", "+1e-2", "12e03"])(
    "%j is lost",
    (text) => expect(isFloatLostToPyyaml(text)).toBe(true),
  );
  test.each(["1.0e-2", "5", "08", "abc", "1e", "e5", ".inf", "1_000e-3", "$lr", "auto", ""])(
    "%j is not",
    (text) => expect(isFloatLostToPyyaml(text)).toBe(false),
  );
});

describe("portableFloat()", () => {
  test.each([
    ["1e-2", "1.0e-2"],
    ["1e5", "1.0e+5"],
    ["1.0e5", "1.0e+5"],
    ["1.E5", "1.0E+5"],
    ["-.5", "-0.5"],
    ["-.5e3", "-0.5e+3"],
    ["+2", "+2.0"],
  ])("writes %s as %s", (text, fixed) => expect(portableFloat(text)).toBe(fixed));

  test.each(["", ".", "abc", "1e", "1:30", "$x", "e5"])("%j is no number", (text) => {
    expect(portableFloat(text)).toBeUndefined();
  });

  test("keeps the value and is a float for PyYAML, whatever the number", () => {
    const digits = fc.stringMatching(/^[0-9]{1,6}$/);
    const number = fc
      .record({
        sign: fc.constantFrom("", "-", "+"),
        mantissa: fc.oneof(
          digits,
          digits.map((d) => `.${d}`),
          fc.tuple(digits, fc.stringMatching(/^[0-9]{0,4}$/)).map(([a, b]) => `${a}.${b}`),
        ),
        exponent: fc.stringMatching(/^(?:[eE][-+]?[0-9]{1,2})?$/),
      })
      .map(({ sign, mantissa, exponent }) => sign + mantissa + exponent);
    fc.assert(
      fc.property(number, (text) => {
        const fixed = portableFloat(text) ?? "";
        expect(isPyyamlFloat(fixed)).toBe(true);
        expect(decimalNumber(fixed)).toBe(Number(text));
        expect(isFloatLostToPyyaml(fixed)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("pyyamlFloatFault()", () => {
  test.each([
    ["1e-2", "the mantissa has no dot"],
    ["1e5", "the mantissa has no dot and the exponent has no sign"],
    ["1.0e5", "the exponent has no sign"],
    ["-.5", "there is no digit between the sign and the dot"],
  ])("says of %s that %s", (text, fault) => expect(pyyamlFloatFault(text)).toBe(fault));
});
