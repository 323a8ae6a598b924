#!/usr/bin/env node
// What the pre-commit hook runs: `normlens check` of this checkout, set up and built at first use.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { buildIfStale } from "./build-if-stale.mjs";
import { installPackages, ROOT } from "./install.mjs";

const say = (text) => console.error(text);
try {
  installPackages(say);
  await buildIfStale(say);
} catch (error) {
  say(`The hook could not be set up: ${error.message}`);
  process.exit(2);
}
const cli = path.join(ROOT, "dist/cli.js");
const { status } = spawnSync(process.execPath, [cli, "check", ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exitCode = status ?? 2;
