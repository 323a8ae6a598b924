import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { nodeBundle } from "./node-bundle.ts";

const ROOT = path.join(import.meta.dirname, "../..");
/** What the bundle's wasm backend looks for beside it. */
const WASM_BINARY = "tfjs-backend-wasm-simd.wasm";

/**
 * Bundles the process or thread that `entry` begins before the tests of the file or block run, as
 * `npm run build` does; gives the file's path. It is gone after them.
 */
export function bundled(entry: string): () => string {
  let folder = "";
  const file = () => path.join(folder, "bundle.cjs");
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "normlens-bundle-"));
    await nodeBundle(entry, file());
    const binary = path.join(
      ROOT,
      "node_modules/@tensorflow/tfjs-backend-wasm/wasm-out",
      WASM_BINARY,
    );
    copyFileSync(binary, path.join(folder, WASM_BINARY));
  }, 60_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return file;
}
