import { expect, test } from "vitest";
import { overrideParts } from "../../../core/experiment/override-parts.ts";

test.each([
  ["penalty.0.lambda=1e-4", "penalty.0.lambda", ["penalty", 0, "lambda"], "1e-4"],
  ["name=a=b", "name", ["name"], "a=b"],
  ["seed=", "seed", ["seed"], ""],
])("overrideParts() takes %s apart", (pair, key, path, value) => {
  expect(overrideParts(pair)).toEqual({ key, path, value });
});

test.each(["=1", "seed"])("overrideParts() finds no key in %s", (pair) => {
  expect(overrideParts(pair).key).toBe("");
});
