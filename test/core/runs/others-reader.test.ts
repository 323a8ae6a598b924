import { expect, test } from "vitest";
import { createOthersReader } from "../../../core/runs/others-reader.ts";
import { memoryRunFiles } from "../../support/memory-run-files.ts";
import { recordText } from "../../support/run-files.ts";

test("createOthersReader() gives the runs asked for, again only when one has changed", async () => {
  const files = memoryRunFiles({
    "w/a/run.json": recordText({ name: "first", status: "running" }),
    "w/b/run.json": recordText({ name: "second" }),
    "w/b/notes.json": '{ "format": 1, "name": "renamed", "baseline": true }',
  });
  const problems: string[] = [];
  const reader = createOthersReader({
    files,
    isAlive: () => Promise.resolve(true),
    report: (problem) => problems.push(problem),
  });
  expect(await reader.update()).toBeUndefined();
  reader.show(["w/b", "w/gone", "w/a"]);
  expect(await reader.update()).toMatchObject([
    { key: "w/b", isBaseline: true, header: { name: "renamed" } },
    { key: "w/a", isBaseline: false, header: { name: "first", status: "running" } },
  ]);
  expect(problems).toEqual([expect.stringMatching(/^w.gone: /)]);
  expect(reader.haveEnded()).toBe(false);
  expect(await reader.update()).toBeUndefined();

  files.write("w/a/run.json", recordText({ name: "first", status: "finished" }));
  expect(await reader.update()).toMatchObject([{}, { header: { status: "finished" } }]);
  expect(reader.haveEnded()).toBe(true);
  reader.show([]);
  expect(await reader.update()).toEqual([]);
});
