import os from "node:os";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";

/**
 * Asks the process of a run that another program launched to finish its folder.
 *
 * @returns What stood in the way, `undefined` when the signal was sent.
 */
export function stopForeignRun({ record, status }: RunListEntry): string | undefined {
  if (status !== "running") return `“${record.name}” has ended already.`;
  if (record.host !== os.hostname()) return `“${record.name}” runs on ${record.host}.`;
  try {
    process.kill(record.pid, "SIGINT");
    return undefined;
  } catch (error) {
    return `Process ${record.pid} cannot be reached: ${error instanceof Error ? error.message : error}`;
  }
}
