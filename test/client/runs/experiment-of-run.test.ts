import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { experimentOfRun } from "../../../client/src/runs/experiment-of-run.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

test("experimentOfRun() tells whether the file is as it was", async () => {
  const root = mkdtempSync(path.join(tmpdir(), "normlens-experiment-"));
  const file = path.join(root, "a.normlens.yaml");
  writeFileSync(file, "name: A\n");
  const hash = createHash("sha256").update("name: A\n").digest("hex");
  const folder = path.join(root, ".normlens/runs/r");
  const run = runListEntry({ folder }, { spec: "a.normlens.yaml", spec_hash: hash });
  expect(await experimentOfRun(run)).toEqual({ file, state: "same" });
  writeFileSync(file, "name: B\n");
  expect(await experimentOfRun(run)).toEqual({ file, state: "changed" });
  rmSync(file);
  expect(await experimentOfRun(run)).toEqual({ file, state: "gone" });
});
