import { decodeUtf8Lossy } from "../formats/utf8.ts";
import { parseRunRecord } from "../protocol/parse-run-files.ts";
import { RUN_FILES, type RunRecord, type RunStatus } from "../protocol/run-files.ts";
import type { IsAlive } from "./process-liveness.ts";
import { type RunFileSystem, readWhole } from "./run-file-system.ts";

export const MAX_RECORD_BYTES = 64 * 1024 * 1024;

/** `run.json` of a run folder with its status resolved, or what is wrong with it. */
export async function readRunRecord(
  files: RunFileSystem,
  folder: string,
  isAlive: IsAlive,
): Promise<RunRecord | string> {
  const record = await readStoredRecord(files, folder);
  if (typeof record === "string") return record;
  return { ...record, status: await resolvedStatus(record, isAlive) };
}

/** `run.json` of a run folder as it is written there, or what is wrong with it. */
export async function readStoredRecord(
  files: RunFileSystem,
  folder: string,
): Promise<RunRecord | string> {
  const bytes = await readWhole(files, `${folder}/${RUN_FILES.record}`, MAX_RECORD_BYTES);
  if (bytes === undefined) return `${RUN_FILES.record} is missing`;
  if (typeof bytes === "string") return `${RUN_FILES.record} has ${bytes}`;
  const record = parseText(decodeUtf8Lossy(bytes));
  return typeof record === "string" ? `${RUN_FILES.record}: ${record}` : record;
}

/** A process that was killed cannot write so; its record says `running` for ever. */
export async function resolvedStatus(record: RunRecord, isAlive: IsAlive): Promise<RunStatus> {
  if (record.status !== "running") return record.status;
  return (await isAlive(record)) === false ? "lost" : "running";
}

function parseText(text: string): RunRecord | string {
  try {
    return parseRunRecord(JSON.parse(text));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
