import { rm } from "node:fs/promises";
import path from "node:path";
import { OPEN_REQUEST } from "../../../core/protocol/run-files.ts";

/** True once for a workspace folder in which somebody asked for the newest run to be shown. */
export async function takeOpenRequest(root: string): Promise<boolean> {
  try {
    await rm(path.join(root, ".normlens", OPEN_REQUEST));
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}
