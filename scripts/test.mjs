// `npm test`: static checks, unit and property tests, then the end-to-end tests in a real workbench.
// NORMLENS_TEST_ALL=1 also sets up and uses the Python references and the TensorFlow backend;
// NORMLENS_TEST_PYTORCH=1 besides it takes PyTorch even where it comes with CUDA.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { buildIfStale } from "./build-if-stale.mjs";
import { installPackages, ROOT } from "./install.mjs";
import { runStep } from "./run-step.mjs";

const REPORTS = path.join(ROOT, "out/reports");
const isEverything = process.env.NORMLENS_TEST_ALL === "1";
const say = (text) => console.log(text);
const heading = (text) => say(`\n── ${text} ${"─".repeat(Math.max(0, 76 - text.length))}`);
const bin = (name, file) => path.join(ROOT, "node_modules", name, file);

const total = { passed: 0, failed: 0, skipped: 0 };

function count(outcome, number = 1) {
  total[outcome] += number;
}

/** One static check counts as one test. */
async function check(name, args) {
  const { code } = await runStep(args);
  say(`${code === 0 ? "ok    " : "FAILED"} ${name}`);
  count(code === 0 ? "passed" : "failed");
}

/** Runs vitest with `config` and adds its counts; a run without a report counts as a failure. */
async function vitest(name, config) {
  const report = path.join(REPORTS, `${name}.json`);
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await runStep([
    bin("vitest", "vitest.mjs"),
    "run",
    "--config",
    config,
    ...reporters,
  ]);
  if (!existsSync(report)) {
    say(`FAILED ${name}: the test runner ended without a report`);
    count("failed");
    return;
  }
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  count("passed", numPassedTests);
  count("skipped", numPendingTests);
  // A file that does not load, a hook that fails and an unhandled error show in the exit code alone.
  count("failed", code === 0 ? 0 : Math.max(1, numFailedTests));
}

/** Optional parts: set up where asked for; a failure to do so is told and their tests are skipped. */
async function setUpOptional(name, script) {
  if (!isEverything) {
    say(`Not set up: ${name}. NORMLENS_TEST_ALL=1 does; its tests are skipped unless it is there.`);
    return;
  }
  const { code } = await runStep([script]);
  if (code !== 0) say(`${name} could not be set up (see above); its tests are skipped.`);
}

/** Before the unit tests: its browser brings along the GPU in software that WebGPU is tested on. */
async function setUpWorkbench() {
  const { setupWorkbench, workbenchObstacle } = await import("./workbench/setup.mjs");
  if (workbenchObstacle() === undefined) setupWorkbench(say);
}

async function endToEnd() {
  const { workbenchObstacle } = await import("./workbench/setup.mjs");
  const { findBrowser } = await import("./workbench/browser.mjs");
  const missing = workbenchObstacle() ?? findBrowser().obstacle;
  if (missing !== undefined) {
    say(`Skipped: end-to-end tests, because ${missing}.`);
    count("skipped");
    return;
  }
  const { packageExtension } = await import("./package.mjs");
  packageExtension(say);
  await vitest("end-to-end", "vitest.e2e.config.mts");
}

installPackages(say);
mkdirSync(REPORTS, { recursive: true });
rmSync(path.join(ROOT, "out/numerics"), { recursive: true, force: true });
heading("Static checks");
await check("generated files are current", ["scripts/gen.mjs", "--check"]);
await check("types and project walls", [bin("typescript", "bin/tsc"), "-b"]);
await check("format, lint and import walls", [bin("@biomejs/biome", "bin/biome"), "ci", "."]);
await check("nothing unused", [bin("knip", "bin/knip.js")]);
heading("Optional parts");
await setUpOptional("the Python references", "scripts/setup-python.mjs");
await setUpOptional("PyTorch among the Python references", "scripts/setup-pytorch.mjs");
await setUpOptional("the TensorFlow backend", "scripts/setup-tensorflow.mjs");
await setUpOptional("the WebGPU backend", "scripts/setup-webgpu.mjs");
await setUpWorkbench();
await buildIfStale(say);
heading("Unit and property tests");
await vitest("unit", "vitest.config.mts");
// Without the references their rows are not measured, and nothing can be said of the page.
if (existsSync(path.join(ROOT, ".venv/requirements.sha256"))) {
  await check("numbers in docs/numerics.md are current", ["scripts/gen-numerics.mjs", "--check"]);
}
heading("End-to-end tests");
await endToEnd();

say(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
