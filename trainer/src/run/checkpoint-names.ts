import { existsSync, readdirSync } from "node:fs";
import { stepOfFileName } from "../../../core/protocol/run-files.ts";

/** Names of the checkpoints in a folder, oldest first; none where there is no such folder. */
export function checkpointNames(place: string): readonly string[] {
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .filter((name) => stepOfFileName(name) !== undefined)
    .sort();
}
