import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const ROOT = path.join(import.meta.dirname, "../..");

/** All bundles, as `npm run build` makes them, in a folder of their own. */
export interface Built {
  /** What is `dist/` in a checkout. */
  readonly dist: string;
  dispose(): Promise<void>;
}

export async function buildBundles(): Promise<Built> {
  const folder = await mkdtemp(path.join(tmpdir(), "normlens-built-"));
  const dist = path.join(folder, "dist");
  await promisify(execFile)(process.execPath, ["scripts/build.mjs", "--out", dist], { cwd: ROOT });
  return { dist, dispose: () => rm(folder, { recursive: true, force: true }) };
}
