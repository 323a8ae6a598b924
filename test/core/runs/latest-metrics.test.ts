import { expect, test } from "vitest";
import { readLastMetrics, readLatestMetrics } from "../../../core/runs/latest-metrics.ts";
import { memoryRunFiles } from "../../support/memory-run-files.ts";
import { metricText } from "../../support/run-files.ts";

const steps = (count: number) =>
  Array.from({ length: count }, (_, index) => metricText(index + 1, { "train/loss": index })).join(
    "",
  );
const longLine = (length: number) => metricText(9, { ["x".repeat(length)]: 1 });
const evaluated = metricText(1, { "validation/loss": 2, "weights/all/zero_fraction": 0.5 });

test.each([
  ["4 kB where the evaluation is at the end", steps(1000) + evaluated, 1],
  ["further back where it is not", evaluated + steps(200), 2],
])("readLatestMetrics() reads %s", (_name, text, reads) => {
  const { listFiles } = memoryRunFiles({ "m.jsonl": text });
  const lengths: number[] = [];
  const read: typeof listFiles.read = (file, part) => {
    lengths.push(part.most);
    return listFiles.read(file, part);
  };
  const { state, value } = readLatestMetrics({ ...listFiles, read }, "m.jsonl");
  expect(value.latest).toMatchObject({ "validation/loss": 2, "weights/all/zero_fraction": 0.5 });
  expect(state?.sizeBytes).toBe(text.length);
  expect(lengths).toHaveLength(reads);
  expect(lengths[0]).toBe(4096);
});

test("readLatestMetrics() finds nothing where there is no file", () => {
  const { value, state } = readLatestMetrics(memoryRunFiles().listFiles, "m.jsonl");
  expect(value).toEqual({ step: 0, epoch: 0, latest: {} });
  expect(state).toBeUndefined();
});

test.each([
  ["a short line at the end of many", steps(1000), 1000],
  ["the only line", metricText(7), 7],
  ["a line longer than the first look", `${metricText(1)}${longLine(8000)}`, 9],
  ["a line before one that is still being written", `${metricText(3)}{"step":4`, 3],
  ["nothing of a line that is longer than the last look", longLine(100_000), 0],
  ["nothing of an empty file", "", 0],
])("readLastMetrics() reads %s", (_name, text, step) => {
  const { listFiles } = memoryRunFiles({ "m.jsonl": text });
  const { state, value } = readLastMetrics(listFiles, "m.jsonl");
  expect(value.step).toBe(step);
  expect(state?.sizeBytes).toBe(text.length);
});
