// The git-ignored environment of the Python libraries that NormLens is tested against.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const VENV = path.join(ROOT, ".venv");
const isWindows = process.platform === "win32";
export const PYTHON = path.join(VENV, isWindows ? "Scripts/python.exe" : "bin/python");

/** A list of packages below test/python, and the file that says which version of it is installed. */
export function references(list) {
  const requirements = path.join(ROOT, "test/python", `${list}.txt`);
  const stamp = path.join(VENV, `${list}.sha256`);
  const wanted = () => createHash("sha256").update(readFileSync(requirements)).digest("hex");
  return {
    requirements,
    isInstalled: () => existsSync(stamp) && readFileSync(stamp, "utf8") === wanted(),
    install() {
      run(PYTHON, ["-m", "pip", "install", "--quiet", "-r", requirements]);
      writeFileSync(stamp, wanted());
    },
  };
}

/** Makes the environment where there is none. */
export function makeEnvironment() {
  if (existsSync(PYTHON)) return;
  run(process.env.PYTHON ?? (isWindows ? "python" : "python3"), ["-m", "venv", VENV]);
}

/** Ends the process where the command fails. */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: "inherit" });
  if (status === 0) return;
  console.error(`${command} ${args.join(" ")} failed: ${error?.message ?? `exit code ${status}`}`);
  process.exit(1);
}
