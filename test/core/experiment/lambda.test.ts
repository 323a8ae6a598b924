import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluateLambda, lambdaError, MAX_LAMBDA_LENGTH } from "../../../core/experiment/lambda.ts";

const VARIABLES = { m: 100, n: 10, batch: 5, steps: 7 };

describe("evaluateLambda()", () => {
  test.each([
    [0, 0],
    [1e-4, 1e-4],
    ["1e-4", 1e-4],
    ["0.1 / m", 0.001],
    ["sqrt(log(n) / m)", Math.sqrt(Math.log(10) / 100)],
    ["2 ^ -3 ^ 2", 2 ** -9],
    ["-(1 - 3) * batch / steps", 10 / 7],
    ["max(0, m - 200)", 0],
    ["log(m, 10) + log2(8) + log10(1000)", 8],
    ["5 m", 500],
  ])("%j is %d", (lambda, value) => {
    const result = evaluateLambda(lambda, VARIABLES);
    expect(result).toEqual({ value: expect.closeTo(value, 12) });
  });

  test.each([
    [-1, "λ must be 0 or more"],
    [Number.NaN, "must be finite"],
    [Number.POSITIVE_INFINITY, "must be finite"],
    ["-1e-3", "λ must be 0 or more"],
    ["1 - m", "λ must be 0 or more"],
    ["1 / 0", "must be finite"],
    ["0 / 0", "must be finite"],
    ["sqrt(-1)", "must be finite"],
    ["1e400", "must be finite"],
    ["min()", "cannot evaluate"],
  ])("refuses the value of %j", (lambda, text) => {
    expect(evaluateLambda(lambda, VARIABLES)).toEqual({ error: expect.stringContaining(text) });
  });
});

describe("lambdaError()", () => {
  test.each([
    ...["import({a: 1}, {})", 'createUnit("u")', 'evaluate("1")', 'parse("1")'],
    ...['simplify("m")', 'derivative("m", "m")', 'resolve("m")', 'parse("1").evaluate()'],
    ...["cos(m)", "f(x) = x", "a = 3", "m; n", "[1, 2]", "1:3", "{a: 1}", "m.constructor"],
    ...["m > n", "m ? 1 : 2", "m!", "m'", "true", "null", '"a"', "x", "pi", "2 cm", "m[1]"],
    ...["", "  ", "1 +", "((", "#", "sqrt", "constructor", "__proto__", "toString()"],
    ...["1e999", "-1", "0 / 0", "log(-1)", "10^400", "max()", "sqrt(m, n, 3)", "1;\n2"],
    `1${" + 1".repeat(MAX_LAMBDA_LENGTH)}`,
  ])("refuses %j whatever the variables are", (source) => {
    expect(lambdaError(source)).toEqual(expect.any(String));
    expect(lambdaError(source)).not.toContain("\n");
    expect(evaluateLambda(source, VARIABLES)).toHaveProperty("error");
  });

  test.each(["m - 200", "1 / (m - 2)", "0.1 / m", "log(m - 3)"])(
    "leaves %j to the values of its variables",
    (source) => {
      expect(lambdaError(source)).toBeUndefined();
    },
  );

  test("is total, and agrees with evaluateLambda() on what cannot be read", () => {
    const source = fc.string({
      unit: fc.constantFrom(..."mn0123456789.+-*/^()[]{},;:=<>'\"! e".split(""), "batch", "sqrt("),
      maxLength: 40,
    });
    fc.assert(
      fc.property(fc.oneof(source, fc.string()), (text) => {
        const result = evaluateLambda(text, VARIABLES);
        if (lambdaError(text) !== undefined) expect(result).toHaveProperty("error");
        if ("value" in result) expect(result.value).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 1000 },
    );
  });
});
