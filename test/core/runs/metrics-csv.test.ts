import { expect, test } from "vitest";
import { metricsCsv } from "../../../core/runs/metrics-csv.ts";
import { memoryRunFiles } from "../../support/memory-run-files.ts";
import { metricText } from "../../support/run-files.ts";

const FILES = memoryRunFiles({
  "a/metrics.jsonl": `${metricText(10, { "train/loss": 0.5 })}nonsense\n${metricText(20, { "train/loss": "NaN", "validation/loss": 2 })}{"step":30`,
  "b/metrics.jsonl": metricText(10, { "weights/fc,1/l1": 1e-7 }),
});

async function textOf(...runs: readonly { readonly folder: string; readonly name: string }[]) {
  let text = "";
  for await (const part of metricsCsv(FILES, runs)) text += part;
  return text.split("\r\n");
}

test("metricsCsv() has a row for each step and a column for each metric of a run", async () => {
  expect(await textOf({ folder: "a", name: "A" })).toEqual([
    "step,epoch,time,train/loss,validation/loss",
    "10,1,10,0.5,",
    "20,2,20,NaN,2",
    "",
  ]);
});

test("metricsCsv() names the run in each row of several, and has the metrics of all", async () => {
  expect(await textOf({ folder: "a", name: 'A, "x"' }, { folder: "b", name: "B" })).toEqual([
    'run,step,epoch,time,train/loss,validation/loss,"weights/fc,1/l1"',
    '"A, ""x""",10,1,10,0.5,,',
    '"A, ""x""",20,2,20,NaN,2,',
    "B,10,1,10,,,1e-7",
    "",
  ]);
});

test("metricsCsv() gives a long run in parts, and of nothing a heading", async () => {
  const lines = Array.from({ length: 2500 }, (_, step) => metricText(step + 1)).join("");
  const files = memoryRunFiles({ "r/metrics.jsonl": lines });
  const parts: number[] = [];
  for await (const part of metricsCsv(files, [{ folder: "r", name: "R" }])) {
    parts.push(part.split("\r\n").length - 1);
  }
  expect(parts).toEqual([1, 1000, 1000, 500]);
  expect(await textOf({ folder: "gone", name: "G" })).toEqual(["step,epoch,time", ""]);
});
