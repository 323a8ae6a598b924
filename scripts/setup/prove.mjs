// Loads a finished backend exactly as the trainer does and runs the trainer's own self-test.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { SetupError } from "./setup-error.mjs";

const entry = (backend) => `
import { selectBackend } from "./trainer/src/backends/select.ts";
selectBackend("${backend}", console.error).then(
  ({ device }) => console.log(JSON.stringify({ works: true, device })),
  (error) => console.log(JSON.stringify({ works: false, why: error.message })),
);`;

/** The trainer as it is installed, where this script is bundled beside it. */
const DOCTOR = path.join(import.meta.dirname, "cli.js");

/** What the trainer will say about the backend: `{ works: true, device }` or `{ works: false, why }`. */
export async function proveBackend({ root, folder, name, variable }) {
  const run = (args) =>
    spawnSync(process.execPath, args, {
      encoding: "utf8",
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1", [variable]: folder },
    });
  return existsSync(DOCTOR) ? askDoctor(run, name) : await probe(run, { root, folder, name });
}

function askDoctor(run, backend) {
  const { stdout, stderr } = run([DOCTOR, "doctor", "--json"]);
  const backends = stdout.startsWith("{") ? JSON.parse(stdout).backends : [];
  const report = backends.find(({ name }) => name === backend);
  if (report === undefined) throw new SetupError(`The self-test did not come to an end: ${stderr}`);
  return report;
}

async function probe(run, { root, folder, name }) {
  const { build } = await import("esbuild");
  const file = path.join(folder, "self-test.cjs");
  await build({
    stdin: { contents: entry(name), resolveDir: root, loader: "ts" },
    outfile: file,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    alias: { "@tensorflow/tfjs": "@tensorflow/tfjs-core" },
    logLevel: "error",
  });
  const { stdout, stderr } = run([file]);
  rmSync(file);
  if (!stdout.startsWith("{"))
    throw new SetupError(`The self-test did not come to an end: ${stderr}`);
  return JSON.parse(stdout);
}
