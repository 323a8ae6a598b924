import { describe, expect, test } from "vitest";
import { createRunLister, joinRunLists, listRuns } from "../../../core/runs/list-runs.ts";
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

describe("createRunLister", () => {
  const started = "2026-01-01T00:00:00Z";
  /** Two runs, one of which is in progress, and the names of the files that were read. */
  function twoRuns() {
    const files = memoryRunFiles({
      "runs/done/run.json": recordText("done", started),
      "runs/done/metrics.jsonl": metric(1, { "validation/loss": 3 }),
      "runs/live/run.json": recordText("live", started, "running"),
      "runs/live/metrics.jsonl": metric(1, { "validation/loss": 2 }),
    });
    const read: string[] = [];
    const lister = createRunLister(
      {
        ...files,
        read(file, start, end) {
          read.push(file);
          return files.read(file, start, end);
        },
      },
      () => Promise.resolve(true),
    );
    return { files, read, lister };
  }

  test("reads nothing again while nothing changes", async () => {
    const { read, lister } = twoRuns();
    const first = await lister.list("runs");
    expect(read).toHaveLength(4);
    read.length = 0;
    expect(await lister.list("runs")).toEqual(first);
    expect(read).toEqual([]);
  });

  test("reads only what changed: metrics of a running one, notes, a replaced record", async () => {
    const { files, read, lister } = twoRuns();
    await lister.list("runs");
    read.length = 0;
    files.append("runs/live/metrics.jsonl", metric(2, { "validation/loss": 1 }));
    files.write("runs/done/notes.json", '{"format":1,"name":"Mine"}');
    const { runs } = await lister.list("runs");
    expect(read.toSorted()).toEqual(["runs/done/notes.json", "runs/live/metrics.jsonl"]);
    expect(runs).toMatchObject([
      { id: "live", step: 2, latest: { "validation/loss": 1 } },
      { id: "done", name: "Mine", record: { name: "done" }, step: 1 },
    ]);
    read.length = 0;
    files.write("runs/live/run.json", recordText("live", started));
    expect((await lister.list("runs")).runs[0]).toMatchObject({ status: "finished" });
    expect(read).toEqual(["runs/live/run.json"]);
  });

  test("sees a folder come and go", async () => {
    const { files, lister } = twoRuns();
    await lister.list("runs");
    files.remove("runs/done/run.json");
    files.remove("runs/done/metrics.jsonl");
    files.write("runs/new/run.json", recordText("new", started));
    expect((await lister.list("runs")).runs.map(({ id }) => id)).toEqual(["new", "live"]);
  });

  test("shows a run whose notes are damaged, and says so", async () => {
    const { files, lister } = twoRuns();
    files.write("runs/done/notes.json", '{"format":1,"tags":3}');
    const { runs, problems } = await lister.list("runs");
    expect(runs.map(({ name }) => name)).toEqual(["live", "done"]);
    expect(problems).toEqual([
      { folder: "runs/done", message: "notes.json: tags should be a list, found 3" },
    ]);
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
