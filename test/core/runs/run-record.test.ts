import { describe, expect, test } from "vitest";
import { readRunRecord } from "../../../core/runs/run-record.ts";
import { memoryRunFiles } from "../../support/memory-run-files.ts";
import { runRecord } from "../../support/run-list-entry.ts";

const running = runRecord({ status: "running" });

describe("readRunRecord", () => {
  test.each([
    ["its process is gone", "running", false, "lost"],
    ["its process lives", "running", true, "running"],
    ["its process cannot be told", "running", undefined, "running"],
    ["it has finished, whatever its number is now", "finished", false, "finished"],
  ] as const)("resolves the status when %s", async (_name, status, alive, expected) => {
    const files = memoryRunFiles({ "r/run.json": JSON.stringify({ ...running, status }) });
    const record = await readRunRecord(files, "r", () => Promise.resolve(alive));
    expect(record).toEqual({ ...running, status: expected });
  });

  test.each([
    ["a missing file", {}, "run.json is missing"],
    ["a torn file", { "r/run.json": '{"format":1' }, /^run.json: .*JSON/],
    [
      "another form",
      { "r/run.json": "[]" },
      /^run.json: the value should be an object, found \[\]$/,
    ],
  ])("names the fault of %s", async (_name, content, expected) => {
    const record = await readRunRecord(memoryRunFiles(content), "r", () => Promise.resolve(true));
    expect(record).toEqual(expect.stringMatching(expected));
  });
});
