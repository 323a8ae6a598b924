// `npm start`: from a fresh clone to findings, a trained model and an open workbench.
// `--headless` ends after the findings, the results and where they lie.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildIfStale } from "./build-if-stale.mjs";
import { installPackages, ROOT } from "./install.mjs";
import { runStep } from "./run-step.mjs";

const isHeadless = process.argv.includes("--headless");
const EXAMPLES = path.join(ROOT, "examples");
const EXPERIMENT = path.join(EXAMPLES, "shapes.normlens.yaml");
const CLI = path.join(ROOT, "dist/cli.js");

const say = (text) => console.log(text);
const heading = (text) => say(`\n── ${text} ${"─".repeat(Math.max(0, 76 - text.length))}`);

/** Desktop VS Code, where `code` starts it. */
function desktopCode() {
  const { status } = spawnSync("code", ["--version"], { shell: process.platform === "win32" });
  return status === 0;
}

async function openDesktop(vsix, file) {
  await runStep(["--install-extension", vsix, "--force"], { command: "code" });
  spawn("code", [EXAMPLES, "--goto", file], { detached: true, stdio: "ignore" }).unref();
  say("VS Code is open on the examples; the finished run is in the NormLens view.");
}

async function openEmbedded(vsix) {
  const { setupWorkbench, workbenchObstacle } = await import("./workbench/setup.mjs");
  const obstacle = workbenchObstacle();
  if (obstacle !== undefined) {
    say(`No workbench to open: \`code\` is not on the PATH, and ${obstacle}.`);
    return;
  }
  setupWorkbench(say);
  const { startWorkbench } = await import("./workbench/server.mjs");
  const home = mkdtempSync(path.join(tmpdir(), "normlens-workbench-"));
  const workbench = await startWorkbench({ home, workspace: EXAMPLES, vsix });
  say("VS Code is not on the PATH, so its workbench is served here, for one visit:\n");
  say(`  ${workbench.address}\n`);
  say("Ctrl+C ends it.");
  await new Promise((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await workbench.stop();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}

async function main() {
  installPackages(say);
  await buildIfStale(say);
  heading("Findings in examples/");
  const check = await runStep([CLI, "check", EXAMPLES, "--exit-zero"]);
  if (check.code !== 0) return check.code;
  heading("Training examples/shapes.normlens.yaml");
  const out = path.join(EXAMPLES, ".normlens/runs");
  const train = await runStep([CLI, "train", EXPERIMENT, "--unless-done", "--out", out]);
  if (train.code !== 0 || isHeadless) return train.code;
  // The extension opens this run's panel once, as soon as it is there.
  writeFileSync(path.join(EXAMPLES, ".normlens/open-run"), "");
  heading("Workbench");
  const { packageExtension } = await import("./package.mjs");
  const vsix = packageExtension(say);
  if (desktopCode()) await openDesktop(vsix, EXPERIMENT);
  else await openEmbedded(vsix);
  return 0;
}

if (!existsSync(EXAMPLES)) throw new Error(`${EXAMPLES} is missing.`);
process.exitCode = await main();
