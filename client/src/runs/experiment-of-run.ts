import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";

export interface ExperimentOfRun {
  /** Absolute path of the experiment file that the run was launched with. */
  readonly file: string;
  /** What has become of it since. */
  readonly state: "same" | "changed" | "gone";
}

/** The file is named relative to the folder that holds `.normlens/runs`, unless it lies elsewhere. */
export async function experimentOfRun({ folder, record }: RunListEntry): Promise<ExperimentOfRun> {
  const file = path.resolve(folder, "../../..", record.spec);
  try {
    const hash = createHash("sha256")
      .update(await readFile(file))
      .digest("hex");
    return { file, state: hash === record.spec_hash ? "same" : "changed" };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return { file, state: "gone" };
    }
    throw error;
  }
}
