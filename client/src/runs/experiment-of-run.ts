import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import { specFile } from "./run-place.ts";

export interface ExperimentOfRun {
  /** Absolute path of the experiment file that the run was launched with. */
  readonly file: string;
  /** What has become of it since. */
  readonly state: "same" | "changed" | "gone";
}

/** The experiment file that a run was launched with, by its path and by its content. */
export async function experimentOfRun(run: RunListEntry): Promise<ExperimentOfRun> {
  const file = specFile(run);
  try {
    const hash = createHash("sha256")
      .update(await readFile(file))
      .digest("hex");
    return { file, state: hash === run.record.spec_hash ? "same" : "changed" };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return { file, state: "gone" };
    }
    throw error;
  }
}
