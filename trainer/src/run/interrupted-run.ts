import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { parseRunRecord } from "../../../core/protocol/parse-run-files.ts";
import { RUN_FILES, type RunRecord } from "../../../core/protocol/run-files.ts";
import { processLiveness } from "../../../core/runs/process-liveness.ts";
import { type Checkpoint, readCheckpoint } from "../checkpoint.ts";
import { systemFault } from "../system-fault.ts";
import { UserError } from "../user-error.ts";

/** A run that ended before its training did. */
export interface InterruptedRun {
  readonly folder: string;
  readonly record: RunRecord;
  /** `undefined` where it ended before the first one: it begins anew. */
  readonly checkpoint: Checkpoint | undefined;
}

/**
 * The run in `folder`, if it can go on.
 *
 * @throws {UserError} If the folder holds no run, or one that has finished or still runs.
 */
export async function interruptedRun(folder: string): Promise<InterruptedRun> {
  const record = readRecord(folder);
  if (record.status === "finished") {
    throw new UserError(
      "resume-finished",
      `${folder} has finished, there is nothing left to train`,
      "Start a new run, or transfer its weights by `transfer: { from: … }`",
    );
  }
  const isAlive = processLiveness({
    host: hostname(),
    kill: (pid, signal) => process.kill(pid, signal),
    readText: (file) => readFile(file, "utf8"),
  });
  if (record.status === "running" && (await isAlive(record)) !== false) {
    throw new UserError(
      "resume-running",
      `${folder} is still being trained, by process ${record.pid} on ${record.host}`,
      "Wait for it, or end that process first",
    );
  }
  return { folder, record, checkpoint: readCheckpoint(folder) };
}

function readRecord(folder: string): RunRecord {
  const nextStep = "Name a folder that has a run.json, for example .normlens/runs/…";
  let record: RunRecord | string;
  try {
    record = parseRunRecord(JSON.parse(readFileSync(path.join(folder, RUN_FILES.record), "utf8")));
  } catch (error) {
    throw new UserError(
      "resume-missing",
      `${folder} holds no run: ${systemFault(error)}`,
      nextStep,
    );
  }
  if (typeof record !== "string") return record;
  throw new UserError("resume-missing", `${folder}/run.json is no run: ${record}`, nextStep);
}
