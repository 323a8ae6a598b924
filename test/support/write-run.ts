import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { RunRecord } from "../../core/protocol/run-files.ts";
import { recordText } from "./run-files.ts";

interface Launch {
  readonly minutesAgo: number;
  /** Text of the experiment file. */
  readonly spec: string;
}

/** Writes the folder of a run as it was launched, named after its id; gives the folder's path. */
export function writeRun(
  workspace: string,
  record: Partial<RunRecord> & { readonly id: string },
  { minutesAgo, spec }: Launch,
): string {
  const run = path.join(workspace, ".normlens/runs", record.id);
  mkdirSync(run, { recursive: true });
  const started = new Date(Date.now() - minutesAgo * 60_000).toISOString();
  const spec_hash = createHash("sha256").update(spec).digest("hex");
  const own = { name: record.id, started, spec_hash, ...record };
  writeFileSync(path.join(run, "run.json"), recordText(own));
  writeFileSync(path.join(run, "spec.yaml"), spec);
  return run;
}
