import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { finishedRun } from "../../../cli/src/train/finished-run.ts";
import { runRecord } from "../../support/run-list-entry.ts";

const TEXT = "name: x\n";
const hash = createHash("sha256").update(TEXT).digest("hex");

/** A workspace with an experiment file and one run of it, whose record differs by `changes`. */
function workspaceWith(changes: Parameters<typeof runRecord>[0]) {
  const workspace = mkdtempSync(path.join(tmpdir(), "normlens-done-"));
  const spec = path.join(workspace, "x.normlens.yaml");
  writeFileSync(spec, TEXT);
  const record = runRecord({ spec_hash: hash, ...changes });
  const folder = path.join(workspace, ".normlens/runs", record.id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "run.json"), JSON.stringify(record));
  return { workspace, spec, folder };
}

describe("finishedRun()", () => {
  test("finds the run of the same file", async () => {
    const { workspace, spec, folder } = workspaceWith({});
    expect(await finishedRun({ workspace, spec })).toBe(folder);
  });

  test.each([
    ["another file", { spec_hash: "0".repeat(64) }],
    ["a run that was cancelled", { status: "cancelled" }],
    ["other overrides", { set: ["training.epochs=1"] }],
  ] as const)("does not take %s for it", async (_name, changes) => {
    const { workspace, spec } = workspaceWith(changes);
    expect(await finishedRun({ workspace, spec })).toBeUndefined();
  });

  test("knows none for a file that is not there", async () => {
    const { workspace } = workspaceWith({});
    const spec = path.join(workspace, "y.normlens.yaml");
    expect(await finishedRun({ workspace, spec })).toBeUndefined();
  });
});
