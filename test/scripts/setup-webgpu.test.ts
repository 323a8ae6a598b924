import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const SCRIPT = path.resolve(import.meta.dirname, "../../scripts/setup-webgpu.mjs");

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "normlens-setup-"));
  mkdirSync(path.join(folder, "bin"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Puts an npm on the otherwise empty PATH of the set-up. */
function addNpm(body: string): void {
  const file = path.join(folder, "bin/npm");
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
}

function setUp(): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(process.execPath, [SCRIPT], {
    encoding: "utf8",
    env: { PATH: path.join(folder, "bin"), NORMLENS_WEBGPU_DIR: path.join(folder, "out") },
  });
}

// The set-up itself downloads 51 MB and is run by `npm test` with everything switched on.
describe.skipIf(process.platform === "win32")("setup:webgpu", () => {
  test("says in one sentence that npm is missing", () => {
    const { status, stderr } = setUp();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Fetching WebGPU needs npm, .*run this again\.\n$/);
  });

  test("says that npm could not download", () => {
    addNpm("echo no network >&2; exit 1");
    const { status, stderr } = setUp();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^no network\nnpm could not download webgpu 0\.\S+: .*\n$/);
  });

  test("refuses and removes an archive that is not the pinned one", () => {
    const destination = path.join(folder, "out");
    addNpm(`echo other > "${destination}/webgpu-0.6.2.tgz"`);
    const { status, stderr } = setUp();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^The downloaded archive is not the pinned one\. Check which registry/);
    expect(readdirSync(destination)).toEqual([]);
  });
});
