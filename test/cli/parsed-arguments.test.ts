import { parseArgs } from "node:util";
import { expect, test } from "vitest";
import { parsedArguments } from "../../cli/src/parsed-arguments.ts";

test("parsedArguments() gives what was parsed", () => {
  expect(parsedArguments(() => 7)).toBe(7);
});

test("parsedArguments() gives the parser's complaint as a value", () => {
  const result = parsedArguments(() => parseArgs({ args: ["--no-such-option"], options: {} }));
  expect(result).toBeInstanceOf(Error);
  expect(result).toMatchObject({ message: expect.stringContaining("--no-such-option") });
});
