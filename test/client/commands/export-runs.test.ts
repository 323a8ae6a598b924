import { describe, expect, test, vi } from "vitest";
import { exportRuns } from "../../../client/src/commands/export-runs.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import { runDetail, runListEntry } from "../../support/run-list-entry.ts";

const RUNS = ["one", "two"].map((id) => runListEntry({ id, name: id, folder: `/r/${id}` }));

const deps = (picked: string | undefined, isEscaped = false) => ({
  runs: async () => RUNS,
  pickRun: vi.fn(async () => RUNS[0]),
  pickOption: vi.fn(async (_title: string, labels: readonly string[]) =>
    labels.find((label) => picked !== undefined && label.includes(picked)),
  ),
  details: async (runs: readonly RunListEntry[]) =>
    runs.map((run) => ({
      run,
      detail: runDetail({}, { final: { "test/r2": 0.5 } }),
    })),
  askFile: vi.fn(async () => (isEscaped ? undefined : "/x/file.csv")),
  askFolder: vi.fn(async () => (isEscaped ? undefined : "/x")),
  writeText: vi.fn(async (_file: string, _text: string) => undefined),
  exportMetrics: vi.fn(async () => undefined),
  copyFolders: vi.fn(async () => undefined),
  copyText: vi.fn(async (_text: string) => undefined),
  offer: vi.fn(async () => true),
  reveal: vi.fn(async () => undefined),
  inform: vi.fn(),
});

describe("exportRuns", () => {
  test("writes the metrics of a run to a file named after it, and shows it when asked", async () => {
    const given = deps("Metrics");
    await exportRuns.run(given, { folder: "/r/two" });
    expect(given.askFile).toHaveBeenCalledWith("Export", "two-metrics.csv");
    expect(given.exportMetrics).toHaveBeenCalledExactlyOnceWith([RUNS[1]], "/x/file.csv");
    expect(given.reveal).toHaveBeenCalledExactlyOnceWith("/x/file.csv");
  });

  test("writes a row for each selected run", async () => {
    const given = deps("Settings");
    await exportRuns.run(given, { folder: "/r/one" }, RUNS);
    expect(given.askFile).toHaveBeenCalledWith("Export", "runs.csv");
    const [file, text = ""] = given.writeText.mock.calls[0] ?? [];
    expect(file).toBe("/x/file.csv");
    expect(text.split("\r\n").map((line) => line.split(",")[0])).toEqual(["run", "one", "two", ""]);
  });

  test("copies a table for a report", async () => {
    const given = deps("Markdown");
    await exportRuns.run(given);
    expect(given.copyText.mock.calls[0]?.[0]).toContain("| one | 0.5 |");
    expect(given.inform.mock.calls[0]?.[0]).toContain("“one”");
  });

  test("copies whole folders into another", async () => {
    const given = deps("Folders");
    await exportRuns.run(given, { folder: "/r/one" }, RUNS);
    expect(given.copyFolders).toHaveBeenCalledExactlyOnceWith(["/r/one", "/r/two"], "/x");
    expect(given.offer.mock.calls[0]).toEqual(["Copied 2 runs to /x.", "Show Folder"]);
  });

  test.each([
    ["no form is picked", undefined, false],
    ["no file is named", "Metrics", true],
    ["no folder is named", "Folders", true],
  ])("does nothing where %s", async (_name, picked, isEscaped) => {
    const given = deps(picked, isEscaped);
    await exportRuns.run(given, { folder: "/r/one" });
    for (const done of [given.exportMetrics, given.writeText, given.copyFolders, given.copyText]) {
      expect(done).not.toHaveBeenCalled();
    }
    expect(given.offer).not.toHaveBeenCalled();
  });
});
