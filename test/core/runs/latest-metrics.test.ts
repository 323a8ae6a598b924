import { expect, test } from "vitest";
import { readLatestMetrics } from "../../../core/runs/latest-metrics.ts";
import { memoryRunFiles } from "../../support/memory-run-files.ts";
import { metricText } from "../../support/run-files.ts";

const steps = (count: number) =>
  Array.from({ length: count }, (_, index) => metricText(index + 1, { "train/loss": index })).join(
    "",
  );
const evaluated = metricText(1, { "validation/loss": 2, "weights/all/zero_fraction": 0.5 });

test.each([
  ["4 kB where the evaluation is at the end", steps(1000) + evaluated, 1],
  ["further back where it is not", evaluated + steps(200), 2],
])("readLatestMetrics() reads %s", async (_name, text, reads) => {
  const files = memoryRunFiles({ "m.jsonl": text });
  const lengths: number[] = [];
  const read = (file: string, start: number, end: number) => {
    lengths.push(end - start);
    return files.read(file, start, end);
  };
  const { latest } = await readLatestMetrics({ ...files, read }, "m.jsonl", text.length);
  expect(latest).toMatchObject({ "validation/loss": 2, "weights/all/zero_fraction": 0.5 });
  expect(lengths).toHaveLength(reads);
  expect(lengths[0]).toBe(4096);
});
