import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const SCRIPT = path.resolve(import.meta.dirname, "../../scripts/setup-tensorflow.mjs");

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "normlens-setup-"));
  mkdirSync(path.join(folder, "bin"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Puts a program on the otherwise empty PATH of the set-up. */
function addProgram(name: string, body: string): void {
  const file = path.join(folder, "bin", name);
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
}

function setUp(): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(process.execPath, [SCRIPT], {
    encoding: "utf8",
    env: { PATH: path.join(folder, "bin"), NORMLENS_TENSORFLOW_DIR: path.join(folder, "out") },
  });
}

// The set-up itself downloads 200 MB and is run by hand; here is what can go wrong before that.
describe.skipIf(process.platform !== "linux" || process.arch !== "x64")("setup:tensorflow", () => {
  test("says in one sentence that pip is missing", () => {
    const { status, stderr } = setUp();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Fetching TensorFlow needs Python with pip, .*run this again\.\n$/);
  });

  test("says that pip could not download", () => {
    addProgram("pip", '[ "$1" = --version ] || { echo "no network" >&2; exit 1; }');
    const { status, stderr } = setUp();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^no network\npip could not download tensorflow-cpu 2\.\S+: .*\n$/);
  });

  test("refuses and removes a wheel that is not the pinned one", () => {
    const destination = path.join(folder, "out");
    addProgram(
      "pip",
      `[ "$1" = --version ] || echo other > "${destination}/tensorflow_cpu-2.15.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"`,
    );
    const { status, stderr } = setUp();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^The downloaded wheel is not the pinned one \(SHA-256 [0-9a-f]{64}\)/);
    expect(readdirSync(destination)).toEqual([]);
  });
});
