// Loads the finished backend exactly as the trainer does and runs the trainer's own self-test.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { SetupError } from "./setup-error.mjs";

const ENTRY = `
import { selectBackend } from "./trainer/src/backends/select.ts";
selectBackend("tensorflow", console.error).then(
  ({ device }) => console.log(JSON.stringify({ device })),
  (error) => { console.error(error.message); process.exitCode = 1; },
);`;

/** The trainer as it is installed, where this script is bundled beside it. */
const DOCTOR = path.join(import.meta.dirname, "cli.js");

/** What the trainer will say about the backend: `{ device }`. */
export async function proveBackend(root, folder) {
  return existsSync(DOCTOR) ? askDoctor(folder) : await runProbe(root, folder);
}

function askDoctor(folder) {
  const { stdout, stderr } = runNode([DOCTOR, "doctor", "--json"], folder);
  const backends = stdout.startsWith("{") ? JSON.parse(stdout).backends : [];
  const report = backends.find(({ name }) => name === "tensorflow");
  if (report?.works === true) return { device: report.device };
  throw new SetupError(
    `The TensorFlow backend was built but does not work: ${report?.why ?? stderr}`,
  );
}

function runNode(args, folder) {
  return spawnSync(process.execPath, args, {
    encoding: "utf8",
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1", NORMLENS_TENSORFLOW_DIR: folder },
  });
}

async function runProbe(root, folder) {
  const { build } = await import("esbuild");
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
  const { status, stdout, stderr } = runNode([probe], folder);
  rmSync(probe);
  if (status !== 0)
    throw new SetupError(`The TensorFlow backend was built but does not work: ${stderr}`);
  return JSON.parse(stdout);
}
