import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runs } from "../../../cli/src/commands/runs.ts";
import { recordedIo } from "../../support/command-io.ts";
import { metricText, recordText } from "../../support/run-files.ts";

let root = "";
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), "normlens-runs-"));
  const host = hostname();
  const put = (name: string, record: string) => {
    mkdirSync(path.join(root, ".normlens/runs", name), { recursive: true });
    writeFileSync(path.join(root, ".normlens/runs", name, "run.json"), record);
  };
  put("a", recordText({ id: "a", name: "Old", started: "2026-01-01", final: { "test/loss": 2 } }));
  put(
    "b",
    recordText({ id: "b", name: "New", started: "2026-01-02", status: "running", pid: 0, host }),
  );
  put("c", "{");
  const metrics = path.join(root, ".normlens/runs/b/metrics.jsonl");
  writeFileSync(metrics, metricText(10, { "validation/accuracy": 0.51234, "train/loss": 1 }));
});
afterAll(() => rmSync(root, { recursive: true }));

async function run(...args: string[]) {
  const io = recordedIo({ cwd: root });
  const code = await runs.run(args, io);
  return { code, ...io.written };
}

describe("normlens runs", () => {
  test("prints JSON with runs and problems", async () => {
    const { code, out } = await run("--json");
    expect(code).toBe(0);
    const folder = path.join(root, ".normlens/runs");
    const value: unknown = JSON.parse(out);
    expect(value).toEqual({
      runs: [
        { id: "b", name: "New", status: "lost", path: path.join(folder, "b"), final: {} },
        {
          id: "a",
          name: "Old",
          status: "finished",
          path: path.join(folder, "a"),
          final: { "test/loss": 2 },
        },
      ],
      problems: [{ path: path.join(folder, "c"), message: expect.stringContaining("JSON") }],
    });
  });

  test("prints a table of the same, and the best figure of each run", async () => {
    const { out } = await run(root);
    const [head = "", first = "", second = "", problem = ""] = out.split("\n");
    expect(head.split(/ {2,}/)).toEqual(["run", "name", "status", "steps", "result"]);
    expect(first.split(/ {2,}/)).toEqual([
      "b",
      "New",
      "lost",
      "10/400",
      "validation/accuracy 0.5123",
    ]);
    expect(second.split(/ {2,}/)).toEqual(["a", "Old", "finished", "0/400", "test/loss 2.000"]);
    expect(problem).toMatch(/c: run.json: /);
  });

  test("takes the folder of runs itself", async () => {
    expect(JSON.parse((await run(".normlens/runs", "--json")).out)).toMatchObject({
      runs: [{ id: "b" }, { id: "a" }],
      problems: [{}],
    });
  });

  test("says so where there are none", async () => {
    const empty = path.join(root, ".normlens/runs/a");
    expect(await run(empty)).toEqual({ code: 0, out: `No runs in ${empty}.\n`, error: "" });
  });

  test.each([
    ["a folder that is not there", ["nowhere"], /ENOENT/],
    ["a file", [".normlens/runs/a/run.json"], /ENOTDIR/],
    ["an option it does not know", ["--all"], /--all is not understood/],
    ["two folders", ["a", "b"], /b is not understood/],
  ])("refuses %s with code 2", async (_name, args, message) => {
    const { code, out, error } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(error).toMatch(message);
  });
});
