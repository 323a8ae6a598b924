// Runs the benchmarks in test/bench, or those that are named: `npm run bench -- lint`.
// Each is bundled and run in a process of its own, one after the other, and prints its own tables.
// Files that are named besides are for the one that takes files: `npm run bench -- lint train.py`.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const all = readdirSync(path.join(root, "test/bench"))
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.slice(0, -3))
  .sort();
const TAKES_FILES = "lint";
const given = process.argv.slice(2);
const wanted = given.filter((name) => all.includes(name));
const files = given.filter((name) => !all.includes(name));
const unknown = files.find((file) => !existsSync(file));
if (unknown !== undefined) {
  console.error(`No benchmark and no file is named "${unknown}"; there are ${all.join(", ")}.`);
  process.exit(2);
}
if (files.length > 0 && wanted.join() !== TAKES_FILES) {
  console.error(`Files are for one benchmark alone: npm run bench -- ${TAKES_FILES} FILE…`);
  process.exit(2);
}

const [cpu] = cpus();
console.log(
  `${cpu?.model ?? "unknown processor"}, ${cpus().length} threads, ` +
    `${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform}`,
);

const COMMONJS_NAMES = [
  'import { createRequire as requireFor } from "node:module";',
  "const require = requireFor(import.meta.url);",
  "const __filename = import.meta.filename;",
  "const __dirname = import.meta.dirname;",
].join("\n");

let failed = 0;
for (const name of wanted.length > 0 ? wanted : all) {
  console.log(`\n## ${name}\n`);
  const outfile = path.join(root, "out/bench", `${name}.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [`test/bench/${name}.ts`],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    // Bundled as the trainer is, which needs one and the same tfjs-core and CommonJS's names.
    mainFields: ["module", "main"],
    // A bench may call esbuild or open a browser, which must stay beside their own files.
    external: ["esbuild", "playwright-core", "./scripts/workbench/browser.mjs"],
    alias: { "@tensorflow/tfjs": "@tensorflow/tfjs-core" },
    banner: { js: COMMONJS_NAMES },
    logLevel: "warning",
  });
  const { status } = spawnSync(
    process.execPath,
    ["--expose-gc", outfile, ...files.map((file) => path.resolve(file))],
    {
      cwd: root,
      stdio: "inherit",
    },
  );
  if (status !== 0) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
