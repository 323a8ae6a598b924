import { expect, test } from "vitest";
import { readRunDetail } from "../../../core/runs/run-detail.ts";
import { memoryRunFiles } from "../../support/memory-run-files.ts";
import { metricText, recordText } from "../../support/run-files.ts";

const isAlive = () => Promise.resolve(false);

test("readRunDetail() gives the whole record, and each metric as it was last", async () => {
  const files = memoryRunFiles({
    "r/run.json": recordText({
      status: "running",
      final: { "test/f1": 0.5, "train/loss": 9, "test/odd": "NaN" },
    }),
    "r/metrics.jsonl": metricText(3, { "train/loss": 2 }),
  });
  const detail = await readRunDetail({ files, listFiles: files.listFiles, isAlive }, "r");
  expect(detail).toMatchObject({
    record: { status: "lost", device: "2 cores" },
    values: { "test/f1": 0.5, "train/loss": 2, "test/odd": Number.NaN },
  });
});

test("readRunDetail() says what is wrong with a record", async () => {
  const files = memoryRunFiles({ "r/run.json": "[]" });
  expect(await readRunDetail({ files, listFiles: files.listFiles, isAlive }, "r")).toBe(
    "run.json: the value should be an object, found []",
  );
});
