import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { restoreUtilFunctions } from "../../../trainer/src/backends/restore-util-functions.ts";

const util: Record<string, unknown> = createRequire(import.meta.url)("node:util");
const NAMES = ["isNullOrUndefined", "isArray"] as const;
let before: Record<string, unknown> = {};

beforeEach(() => {
  before = { ...util };
});

afterEach(() => {
  for (const name of NAMES) util[name] = before[name];
});

describe("restoreUtilFunctions()", () => {
  test("puts back what newer versions of Node dropped", () => {
    for (const name of NAMES) delete util[name];
    restoreUtilFunctions();
    const { isNullOrUndefined, isArray } = util;
    if (typeof isNullOrUndefined !== "function")
      throw new TypeError("isNullOrUndefined is missing");
    expect([null, undefined, 0, ""].map((value) => isNullOrUndefined(value))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(isArray).toBe(Array.isArray);
  });

  test("leaves functions that are there alone", () => {
    const own = () => true;
    Object.assign(util, { isNullOrUndefined: own });
    restoreUtilFunctions();
    expect(Object.values(util)).toContain(own);
  });
});
