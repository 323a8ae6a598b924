import { describe, expect, test } from "vitest";
import { joinRunLists, listRuns } from "../../../core/runs/list-runs.ts";
import { memoryRunFiles } from "../../support/memory-run-files.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const gone = () => Promise.resolve(false);
const metric = (step: number, values: object) =>
  `${JSON.stringify({ step, epoch: step / 10, time: 0, values })}\n`;
const recordText = (id: string, started: string, status: "running" | "finished" = "finished") =>
  JSON.stringify(runListEntry({}, { id, name: id, started, status }).record);

describe("listRuns", () => {
  test("lists the newest first with the latest values of each", async () => {
    const files = memoryRunFiles({
      "runs/a/run.json": recordText("a", "2026-01-01T00:00:00Z"),
      "runs/b/run.json": recordText("b", "2026-01-02T00:00:00Z", "running"),
      "runs/b/metrics.jsonl": `${metric(10, { "train/loss": 2, "test/odd": "NaN" })}${metric(20, { "train/loss": 1 })}{"st`,
      "runs/notes.txt": "no run",
    });
    const { runs, problems } = await listRuns(files, "runs", gone);
    expect(problems).toEqual([]);
    expect(runs).toMatchObject([
      { id: "b", folder: "runs/b", status: "lost", record: { status: "lost" }, step: 20, epoch: 2 },
      { id: "a", folder: "runs/a", status: "finished", step: 0, epoch: 0, latest: {} },
    ]);
    expect(runs[0]?.latest).toEqual({ "train/loss": 1, "test/odd": Number.NaN });
  });

  test("reads only the end of long metrics", async () => {
    const lines = Array.from({ length: 5000 }, (_, step) => metric(step, { "train/loss": step }));
    const files = memoryRunFiles({
      "runs/a/run.json": recordText("a", "2026-01-01T00:00:00Z"),
      "runs/a/metrics.jsonl": lines.join(""),
    });
    const { runs } = await listRuns(files, "runs", gone);
    expect(runs[0]).toMatchObject({ step: 4999, latest: { "train/loss": 4999 } });
  });

  test("keeps a folder that is no run as a problem beside the others", async () => {
    const files = memoryRunFiles({
      "runs/a/run.json": recordText("a", "2026-01-01T00:00:00Z"),
      "runs/b/weights/layers.jsonl": "",
      "runs/c/run.json": '{"format": 1}',
    });
    const { runs, problems } = await listRuns(files, "runs", gone);
    expect(runs.map(({ id }) => id)).toEqual(["a"]);
    expect(problems).toEqual([
      { folder: "runs/c", message: "run.json: id should be text, found nothing" },
      { folder: "runs/b", message: "run.json is missing" },
    ]);
  });

  test("keeps a folder that may not be read as a problem", async () => {
    const files = memoryRunFiles({ "runs/a/run.json": "{}" });
    const stat = () => Promise.reject(new Error("EACCES: permission denied"));
    expect(await listRuns({ ...files, stat }, "runs", gone)).toEqual({
      runs: [],
      problems: [{ folder: "runs/a", message: "EACCES: permission denied" }],
    });
  });

  test("has no runs where there is no folder", async () => {
    expect(await listRuns(memoryRunFiles(), "runs", gone)).toEqual({ runs: [], problems: [] });
  });
});

describe("joinRunLists", () => {
  test("sorts the runs of all folders together", () => {
    const [early, late] = ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00+01:00"].map((started) =>
      runListEntry({ started, id: started }),
    );
    if (early === undefined || late === undefined) throw new TypeError("Expected two runs");
    const problem = { folder: "x", message: "y" };
    expect(
      joinRunLists([
        { runs: [early], problems: [problem] },
        { runs: [late], problems: [] },
      ]),
    ).toEqual({ runs: [late, early], problems: [problem] });
  });
});
