import { expect, test } from "vitest";
import { bestRuns } from "../../../client/src/runs/best-runs.ts";
import type { RunRecord } from "../../../core/protocol/run-files.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const run = (
  id: string,
  latest: RunListEntry["latest"],
  changes: Partial<RunListEntry> = {},
  record: Partial<RunRecord> = {},
) => runListEntry({ id, folder: `/w/.normlens/runs/${id}`, latest, ...changes }, record);
const loss = (value: number) => ({ "validation/data_loss": value });
const accuracy = (value: number) => ({ "validation/accuracy": value });
const b = { spec: "b.normlens.yaml" };

test.each<[string, readonly RunListEntry[], readonly string[]]>([
  ["least loss", [run("a", loss(2)), run("b", loss(1))], ["b"]],
  ["largest accuracy", [run("a", accuracy(0.9)), run("b", accuracy(0.8))], ["a"]],
  ["the oldest of equals", [run("b", loss(1)), run("a", loss(1))], ["a"]],
  [
    "one of each experiment",
    [run("a", loss(2)), run("b", loss(1)), run("c", loss(5), {}, b), run("d", loss(6), {}, b)],
    ["b", "c"],
  ],
  [
    "one of each metric, and none that stands alone",
    [run("a", loss(1)), run("b", accuracy(1))],
    [],
  ],
  [
    "none that has not finished",
    [run("a", loss(0), { status: "running" }), run("b", loss(1)), run("c", loss(2))],
    ["b"],
  ],
  ["none without a metric", [run("a", {}), run("b", {})], []],
  [
    "none of another folder of runs",
    [run("a", loss(1)), run("b", loss(2), { folder: "/other/.normlens/runs/b" })],
    [],
  ],
  [
    "a trial and not its sweep",
    [
      run(
        "sweep",
        {},
        {},
        {
          sweep: {
            metric: "validation/data_loss",
            goal: "minimize",
            rungs: [1],
            trials: [{ number: 1, run: "t1", set: [], epochs: 1, value: 1, status: "finished" }],
            best: 1,
          },
        },
      ),
      run("t1", loss(1), {}, { parent: "sweep" }),
      run("t2", loss(2), {}, { parent: "sweep" }),
    ],
    ["t1"],
  ],
])("bestRuns() finds %s", (_name, runs, ids) => {
  expect([...bestRuns(runs)]).toEqual(ids.map((id) => `/w/.normlens/runs/${id}`));
});
