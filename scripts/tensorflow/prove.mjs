// Loads the finished backend exactly as the trainer does and runs the trainer's own self-test.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { SetupError } from "./setup-error.mjs";

const ENTRY = `
import { selectBackend } from "./trainer/src/backends/select.ts";
selectBackend("tensorflow", console.error).then(
  ({ device, versions }) => console.log(JSON.stringify({ device, versions })),
  (error) => { console.error(error.message); process.exitCode = 1; },
);`;

/** What the trainer will say about the backend: `{ device, versions }`. */
export async function proveBackend(root, folder) {
  const probe = path.join(folder, "self-test.cjs");
  await build({
    stdin: { contents: ENTRY, resolveDir: root, loader: "ts" },
    outfile: probe,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    alias: { "@tensorflow/tfjs": "@tensorflow/tfjs-core" },
    logLevel: "error",
  });
  const { status, stdout, stderr } = spawnSync(process.execPath, [probe], {
    encoding: "utf8",
    env: { ...process.env, NORMLENS_TENSORFLOW_DIR: folder },
  });
  rmSync(probe);
  if (status !== 0)
    throw new SetupError(`The TensorFlow backend was built but does not work: ${stderr}`);
  return JSON.parse(stdout);
}
