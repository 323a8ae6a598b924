import { fromJsonNumber, RUN_FILES } from "../protocol/run-files.ts";
import type { RunDetail } from "../protocol/run-worker.ts";
import { readLatestMetrics } from "./latest-metrics.ts";
import type { IsAlive } from "./process-liveness.ts";
import type { RunFileSystem } from "./run-file-system.ts";
import type { RunListFiles } from "./run-list-files.ts";
import { readRunRecord } from "./run-record.ts";

interface Deps {
  readonly files: RunFileSystem;
  readonly listFiles: RunListFiles;
  readonly isAlive: IsAlive;
}

/** What a list leaves out of the run in `folder`; a text says why there is none. */
export async function readRunDetail(
  { files, listFiles, isAlive }: Deps,
  folder: string,
): Promise<RunDetail | string> {
  const record = await readRunRecord(files, folder, isAlive);
  if (typeof record === "string") return record;
  const values: Record<string, number> = {};
  for (const [name, stored] of Object.entries(record.final)) {
    const value = fromJsonNumber(stored);
    if (value !== undefined) values[name] = value;
  }
  const { value } = readLatestMetrics(listFiles, `${folder}/${RUN_FILES.metrics}`);
  return { record, values: { ...values, ...value.latest } };
}
