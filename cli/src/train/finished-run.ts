import { createHash } from "node:crypto";
import fsNow from "node:fs";
import fs from "node:fs/promises";
import type { TrainRequest } from "../../../core/protocol/trainer.ts";
import { listRuns } from "../../../core/runs/list-runs.ts";
import { nodeRunListFiles } from "../../../core/runs/node-run-list-files.ts";
import { runsFolderOf } from "../../../core/runs/run-file-system.ts";

const isSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((value, index) => value === b[index]);

/**
 * Folder of the newest finished run of the same experiment file, byte for byte, with the same
 * overrides; `undefined` when there is none, or when the file cannot be read.
 */
export async function finishedRun(request: TrainRequest): Promise<string | undefined> {
  const bytes = await fs.readFile(request.spec).catch(() => undefined); // The trainer says why.
  if (bytes === undefined) return undefined;
  const hash = createHash("sha256").update(bytes).digest("hex");
  const folder = request.out ?? runsFolderOf(request.workspace);
  // Whether a process lives matters only to runs that have not ended.
  const { runs } = await listRuns(nodeRunListFiles(fsNow), folder, async () => undefined);
  return runs.find(
    ({ status, record }) =>
      status === "finished" &&
      record.spec_hash === hash &&
      isSame(record.set ?? [], request.set ?? []),
  )?.folder;
}
