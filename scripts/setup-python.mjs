// Creates .venv with the Python libraries that test/python compares NormLens with.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const requirements = path.join(root, "test/python/requirements.txt");
const venv = path.join(root, ".venv");
const python = path.join(venv, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
const stamp = path.join(venv, "requirements.sha256");

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (status === 0) return;
  console.error(`${command} ${args.join(" ")} failed: ${error?.message ?? `exit code ${status}`}`);
  process.exit(1);
}

const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex");
if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) {
  console.log("The Python references are installed.");
} else {
  if (!existsSync(python)) {
    run(process.env.PYTHON ?? (process.platform === "win32" ? "python" : "python3"), [
      "-m",
      "venv",
      venv,
    ]);
  }
  run(python, ["-m", "pip", "install", "--quiet", "-r", requirements]);
  writeFileSync(stamp, wanted);
}
