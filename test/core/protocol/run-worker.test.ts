import { describe, expect, test } from "vitest";
import { hasEnded, isFromRunWorker, parseToRunWorker } from "../../../core/protocol/run-worker.ts";

describe("parseToRunWorker", () => {
  test.each([
    { type: "list", id: 1, roots: ["/w"] },
    { type: "open", folder: "/r" },
    { type: "close", folder: "/r" },
    { type: "weights", folder: "/r", step: 3 },
    { type: "matrix", folder: "/r", step: 3, layer: "fc" },
    { type: "embeddings", folder: "/r", step: 0 },
  ])("takes $type and drops what does not belong to it", (message) => {
    expect(parseToRunWorker({ ...message, unknown: 1 })).toEqual(message);
  });

  test.each([
    null,
    "open",
    {},
    { type: "open" },
    { type: "open", folder: 3 },
    { type: "list", id: 1 },
    { type: "list", id: 1, roots: [2] },
    { type: "list", roots: [] },
    { type: "weights", folder: "/r" },
    { type: "weights", folder: "/r", step: 0.5 },
    { type: "matrix", folder: "/r", step: 3 },
    { type: "erase", folder: "/r" },
  ])("refuses %j", (message) => expect(parseToRunWorker(message)).toBeUndefined());
});

describe("isFromRunWorker", () => {
  test.each([
    [{ type: "list", id: 1, runs: [], problems: [] }, true],
    [{ type: "page", folder: "/r", message: { type: "tab/show", tab: "curves" } }, true],
    [{ type: "page", folder: "/r" }, false],
    [{ type: "list", id: 1 }, false],
    [undefined, false],
  ])("of %j is %s", (message, expected) => expect(isFromRunWorker(message)).toBe(expected));
});

test("hasEnded() is false for a running run only", () => {
  expect(hasEnded("running")).toBe(false);
  for (const status of ["finished", "failed", "cancelled", "lost"] as const) {
    expect(hasEnded(status)).toBe(true);
  }
});
