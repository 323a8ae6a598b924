import { describe, expect, test } from "vitest";
import type { RunListChange } from "../../../core/protocol/run-worker.ts";
import { createRunLister, listRuns } from "../../../core/runs/list-runs.ts";
import { createRunList } from "../../../core/runs/run-list.ts";
import { memoryRunFiles } from "../../support/memory-run-files.ts";
import { recordText as anyRecordText } from "../../support/run-files.ts";

const gone = () => Promise.resolve(false);
const metric = (step: number, values: object) =>
  `${JSON.stringify({ step, epoch: step / 10, time: 0, values })}\n`;
const recordText = (id: string, started: string, status: "running" | "finished" = "finished") =>
  anyRecordText({ id, name: id, started, status });

describe("listRuns", () => {
  test("lists the newest first with the latest values of each", async () => {
    const { listFiles } = memoryRunFiles({
      "runs/a/run.json": recordText("a", "2026-01-01T00:00:00Z"),
      "runs/b/run.json": recordText("b", "2026-01-02T00:00:00Z", "running"),
      "runs/b/metrics.jsonl": `${metric(10, { "train/loss": 2, "test/r2": "NaN" })}${metric(20, { "train/loss": 1 })}{"st`,
      "runs/notes.txt": "no run",
    });
    const { runs, problems } = await listRuns(listFiles, "runs", gone);
    expect(problems).toEqual([]);
    expect(runs).toMatchObject([
      { id: "b", folder: "runs/b", status: "lost", record: { status: "lost" }, step: 20, epoch: 2 },
      { id: "a", folder: "runs/a", status: "finished", step: 0, epoch: 0, latest: {} },
    ]);
    expect(runs[0]?.latest).toEqual({ "train/loss": 1, "test/r2": Number.NaN });
  });

  test("reads only the end of long metrics", async () => {
    const lines = Array.from({ length: 5000 }, (_, step) => metric(step, { "train/loss": step }));
    const { listFiles } = memoryRunFiles({
      "runs/a/run.json": recordText("a", "2026-01-01T00:00:00Z"),
      "runs/a/metrics.jsonl": lines.join(""),
    });
    const { runs } = await listRuns(listFiles, "runs", gone);
    expect(runs[0]).toMatchObject({ step: 4999, latest: { "train/loss": 4999 } });
  });

  test("keeps a folder that is no run as a problem beside the others", async () => {
    const { listFiles } = memoryRunFiles({
      "runs/a/run.json": recordText("a", "2026-01-01T00:00:00Z"),
      "runs/b/weights/layers.jsonl": "",
      "runs/c/run.json": '{"format": 1}',
    });
    const { runs, problems } = await listRuns(listFiles, "runs", gone);
    expect(runs.map(({ id }) => id)).toEqual(["a"]);
    expect(problems).toEqual([
      { folder: "runs/c", message: "run.json: id should be text, found nothing" },
      { folder: "runs/b", message: "run.json is missing" },
    ]);
  });

  test.each([
    ["a run", "stat", "runs/a"],
    ["all of them", "entries", "runs"],
  ] as const)("keeps what may not be read as a problem: %s", async (_name, method, folder) => {
    const { listFiles } = memoryRunFiles({ "runs/a/run.json": "{}" });
    const refuse = () => {
      throw new Error("EACCES: permission denied");
    };
    expect(await listRuns({ ...listFiles, [method]: refuse }, "runs", gone)).toEqual({
      runs: [],
      problems: [{ folder, message: "EACCES: permission denied" }],
    });
  });

  test("has no runs where there is no folder", async () => {
    expect(await listRuns(memoryRunFiles().listFiles, "runs", gone)).toEqual({
      runs: [],
      problems: [],
    });
  });
});

/** Two runs, one of which is in progress, and the names of the files that were read. */
function twoRuns() {
  const started = "2026-01-01T00:00:00Z";
  const files = memoryRunFiles({
    "runs/done/run.json": recordText("done", started),
    "runs/done/metrics.jsonl": metric(1, { "validation/loss": 3 }),
    "runs/live/run.json": recordText("live", started, "running"),
    "runs/live/metrics.jsonl": metric(1, { "validation/loss": 2 }),
  });
  const read: string[] = [];
  let isAlive = true;
  const lister = createRunLister(
    {
      ...files.listFiles,
      read(file, part) {
        read.push(file);
        return files.listFiles.read(file, part);
      },
    },
    () => Promise.resolve(isAlive),
  );
  const list = createRunList();
  const take = async (changes: AsyncGenerator<RunListChange>) => {
    for await (const change of changes) list.apply(change);
    return list.all();
  };
  return {
    files,
    read,
    lister,
    started,
    look: () => take(lister.list(["runs"])),
    lookAtRunning: () => take(lister.listRunning()),
    kill() {
      isAlive = false;
    },
  };
}

describe("createRunLister", () => {
  test("reads nothing again and tells of nothing while nothing changes", async () => {
    const { read, look } = twoRuns();
    const first = await look();
    expect(read).toHaveLength(4);
    read.length = 0;
    expect(await look()).toBe(first);
    expect(read).toEqual([]);
  });

  test("reads only what changed: metrics of a running one, notes, a replaced record", async () => {
    const { files, read, look, started } = twoRuns();
    await look();
    read.length = 0;
    files.append("runs/live/metrics.jsonl", metric(2, { "validation/loss": 1 }));
    files.write("runs/done/notes.json", '{"format":1,"name":"Mine"}');
    const { runs } = await look();
    expect(read.toSorted()).toEqual(["runs/done/notes.json", "runs/live/metrics.jsonl"]);
    expect(runs).toMatchObject([
      { id: "live", step: 2, latest: { "validation/loss": 1 } },
      { id: "done", name: "Mine", record: { name: "done" }, step: 1 },
    ]);
    read.length = 0;
    files.write("runs/live/run.json", recordText("live", started));
    expect((await look()).runs[0]).toMatchObject({ status: "finished" });
    expect(read).toEqual(["runs/live/run.json"]);
  });

  test("takes the end of a run from its record, and does not look at its metrics", async () => {
    const { files, read, look, started } = twoRuns();
    const final = { "validation/loss": 4, "train/f1": 1 };
    const end = { id: "done", started, final, reached: { step: 70, epoch: 7 } };
    files.write("runs/done/run.json", anyRecordText(end));
    const { runs } = await look();
    expect(runs[1]).toMatchObject({ id: "done", step: 70, epoch: 7 });
    expect(runs[1]?.latest).toEqual({ "validation/loss": 4 });
    expect(read).not.toContain("runs/done/metrics.jsonl");
  });

  test("looks at nothing but the runs in progress when asked for them, and sees them vanish", async () => {
    const { files, read, look, lookAtRunning, kill } = twoRuns();
    await look();
    read.length = 0;
    files.append("runs/live/metrics.jsonl", metric(2, {}));
    files.write("runs/done/notes.json", '{"format":1,"name":"Mine"}');
    expect((await lookAtRunning()).runs).toMatchObject([{ step: 2 }, { name: "done" }]);
    expect(read).toEqual(["runs/live/metrics.jsonl"]);
    kill();
    expect((await lookAtRunning()).runs[0]).toMatchObject({ id: "live", status: "lost" });
  });

  test("sees a folder come and go, and folders of runs", async () => {
    const { files, look, lister, started } = twoRuns();
    await look();
    files.remove("runs/done/run.json");
    files.remove("runs/done/metrics.jsonl");
    files.write("runs/new/run.json", recordText("new", started));
    expect((await look()).runs.map(({ id }) => id)).toEqual(["new", "live"]);
    const changes = [];
    for await (const change of lister.list([])) changes.push(change);
    expect(changes).toEqual([{ changed: [], gone: ["runs/live", "runs/new"] }]);
  });

  test("tells of the newest names first, page by page", async () => {
    const names = Array.from(
      { length: 600 },
      (_, index) => `run-${String(index).padStart(3, "0")}`,
    );
    const { listFiles } = memoryRunFiles(
      Object.fromEntries(
        names.map((name) => [`r/${name}/run.json`, recordText(name, "2026-01-01")]),
      ),
    );
    const pages: (readonly string[])[] = [];
    for await (const { changed } of createRunLister(listFiles, gone).list(["r", "r"])) {
      pages.push(changed.map(({ folder }) => folder.slice(2)));
    }
    expect(pages.map((page) => page.length)).toEqual([250, 250, 100]);
    expect(pages.flat()).toEqual(names.toReversed());
  });

  test("shows a run whose notes are damaged, and says so", async () => {
    const { files, look } = twoRuns();
    files.write("runs/done/notes.json", '{"format":1,"tags":3}');
    const { runs, problems } = await look();
    expect(runs.map(({ name }) => name)).toEqual(["live", "done"]);
    expect(problems).toEqual([
      { folder: "runs/done", message: "notes.json: tags should be a list, found 3" },
    ]);
  });
});
