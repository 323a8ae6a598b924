import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe } from "vitest";

const here = path.dirname(fileURLToPath(import.meta.url));
const python = path.join(
  here,
  "../../.venv",
  process.platform === "win32" ? "Scripts/python.exe" : "bin/python",
);

/** A suite that compares with Python; skipped, and said so, where the references are not installed. */
export function describeWithPython(name: string, tests: () => void): void {
  const hasPython = existsSync(path.join(here, "../../.venv/requirements.sha256"));
  if (!hasPython) {
    console.warn(`Skipped: ${name}; \`node scripts/setup-python.mjs\` installs the references.`);
  }
  describe.skipIf(!hasPython)(name, tests);
}

/** What the script beside this file answers on standard output, in JSON, to `input` in JSON. */
export function runPython(script: string, input: unknown): unknown {
  const { status, stdout, stderr, error } = spawnSync(python, [path.join(here, script)], {
    input: JSON.stringify(input),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${script} failed: ${error?.message ?? stderr}`);
  return JSON.parse(stdout);
}
