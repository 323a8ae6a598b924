import path from "node:path";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";

/** The workspace folder of a run, whose own folder is `<workspace>/.normlens/runs/<id>` there. */
export function workspaceOfRun(folder: string): string {
  return path.resolve(folder, "../../..");
}

/** Absolute path of what a run was launched with, which its record names from the workspace folder. */
export function specFile({ folder, record }: Pick<RunListEntry, "folder" | "record">): string {
  return path.resolve(workspaceOfRun(folder), record.spec);
}

/** True for a run whose layers an experiment file makes, and no code of the user's. */
export function isOfExperiment({ record }: Pick<RunListEntry, "record">): boolean {
  return /\.ya?ml$/i.test(record.spec);
}

/** True where a folder lies below another, whose name another may begin with, too. */
export function isInside(folder: string, root: string): boolean {
  const above = root.replace(/[\\/]+$/, "");
  return folder.startsWith(above) && /^[\\/]/.test(folder.slice(above.length));
}
