import { describe, expect, test } from "vitest";
import { decodeToRunWorker, hasEnded, isFromRunWorker } from "../../../core/protocol/run-worker.ts";

describe("decodeToRunWorker", () => {
  test.each([
    { type: "list", id: 1, roots: ["/w"] },
    { type: "list-running", id: 2 },
    { type: "detail", id: 3, folder: "/r" },
    { type: "export-metrics", id: 4, runs: [{ folder: "/r", name: "R" }], file: "/x.csv" },
    { type: "open", folder: "/r" },
    { type: "close", folder: "/r" },
    { type: "open-file", folder: "/w.npy" },
    { type: "others", folder: "/r", others: ["/s"] },
    { type: "layers", id: 2, folder: "/r" },
    { type: "names", id: 3, folder: "/w.npy" },
    { type: "request", folder: "/r", request: { type: "weights/request", step: 3 } },
  ])("takes $type and drops what does not belong to it", (message) => {
    expect(decodeToRunWorker({ ...message, unknown: 1 })).toEqual({ ok: true, value: message });
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
    { type: "list-running" },
    { type: "detail", id: 3 },
    { type: "detail", folder: "/r" },
    { type: "export-metrics", id: 4, runs: ["/r"], file: "/x.csv" },
    { type: "others", folder: "/r", others: "/s" },
    { type: "request", folder: "/r" },
    { type: "request", folder: "/r", request: { type: "weights/request", step: 0.5 } },
    { type: "request", folder: "/r", request: { type: "run/stop" } },
    { type: "erase", folder: "/r" },
  ])("refuses %j", (message) => expect(decodeToRunWorker(message).ok).toBe(false));
});

describe("isFromRunWorker", () => {
  test.each([
    [{ type: "list", id: 1, isLast: true, changed: [], gone: [] }, true],
    [{ type: "detail", id: 1, detail: "run.json is missing" }, true],
    [{ type: "exported", id: 1, outcome: { file: "/x" } }, true],
    [{ type: "page", folder: "/r", message: { type: "tab/show", tab: "curves" } }, true],
    [{ type: "page", folder: "/r" }, false],
    [{ type: "fault", message: "no" }, true],
    [{ type: "layers", id: 1, layers: { step: 0, epoch: 0, layers: [] } }, true],
    [{ type: "names", id: 1, names: [] }, true],
    [{ type: "names", names: [] }, false],
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
