import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { LATE, optimizeLate } from "../../../cli/src/check/optimize-late.ts";

test("optimizeLate() sets a flag that this version of Node knows", () => {
  // Node refuses to start with others; set later, they are only told of on standard error.
  const started = spawnSync(process.execPath, [LATE, "-e", "0"], { encoding: "utf8" });
  expect([started.status, started.stderr]).toEqual([0, ""]);
  expect(optimizeLate()).toBeUndefined();
});
