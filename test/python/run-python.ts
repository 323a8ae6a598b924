import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe } from "vitest";

const here = path.dirname(fileURLToPath(import.meta.url));

/** Path of a program that the references' environment brings. */
export function pythonTool(name: string): string {
  const isWindows = process.platform === "win32";
  const folder = path.join(here, "../../.venv", isWindows ? "Scripts" : "bin");
  return path.join(folder, isWindows ? `${name}.exe` : name);
}

/** A suite that compares with Python; skipped, and said so, where the references are not installed. */
export function describeWithPython(name: string, tests: () => void): void {
  describeWhereInstalled("requirements", "setup-python", name, tests);
}

/** The same for PyTorch, which is not installed wherever the other references are. */
export function describeWithPyTorch(name: string, tests: () => void): void {
  describeWhereInstalled("requirements-pytorch", "setup-pytorch", name, tests);
}

function describeWhereInstalled(
  list: string,
  script: string,
  name: string,
  tests: () => void,
): void {
  const isInstalled = existsSync(path.join(here, `../../.venv/${list}.sha256`));
  if (!isInstalled) {
    console.warn(`Skipped: ${name}; \`node scripts/${script}.mjs\` installs the references.`);
  }
  describe.skipIf(!isInstalled)(name, tests);
}

/** What the script beside this file answers on standard output, in JSON, to `input` in JSON. */
export function runPython(script: string, input: unknown): unknown {
  const { status, stdout, stderr, error } = spawnSync(
    pythonTool("python"),
    [path.join(here, script)],
    {
      input: JSON.stringify(input),
      encoding: "utf8",
      maxBuffer: 1 << 28,
    },
  );
  if (status !== 0) throw new Error(`${script} failed: ${error?.message ?? stderr}`);
  return JSON.parse(stdout);
}
