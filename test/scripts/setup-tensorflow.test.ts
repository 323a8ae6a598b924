import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
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

function setUp(...args: readonly string[]) {
  return spawnSync(process.execPath, [SCRIPT, ...args], {
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

  test("says that an older pip cannot resume, and downloads with it", () => {
    addProgram(
      "pip",
      `[ "$1" = --version ] && echo "pip 23.2.1 from somewhere" || echo "$@" >> "${folder}/asked"`,
    );
    const { stdout } = setUp();
    expect(stdout).toContain("pip 23.2 starts a download that breaks off anew");
    const [newer = "", wheel = ""] = readFileSync(path.join(folder, "asked"), "utf8").split("\n");
    expect(newer).toMatch(/^download .*pip==25\.3$/);
    expect(wheel).toMatch(/ --progress-bar=off .* tensorflow-cpu==2\.15\.1$/);
    expect(wheel).not.toContain("--resume-retries");
  });

  test("lets a newer pip resume, and passes its progress on", () => {
    addProgram(
      "pip",
      `[ "$1" = --version ] && echo "pip 25.1.1 from somewhere" ||
        { echo "$@" >> "${folder}/asked"; echo "Progress 7 of 9"; }`,
    );
    expect(setUp().stdout).toContain("Progress 7 of 207208420\n");
    const asked = readFileSync(path.join(folder, "asked"), "utf8");
    expect(asked).toMatch(/^download .*--resume-retries=20 .*tensorflow-cpu==2\.15\.1\n$/);
  });

  describe("for NVIDIA GPUs", () => {
    /** As a run left it that was stopped after the wheel of this hash. */
    function unpackedBefore(sha256: string): void {
      mkdirSync(path.join(folder, "out/lib"), { recursive: true });
      writeFileSync(path.join(folder, "out/lib/libtensorflow_cc.so.2"), "");
      writeFileSync(path.join(folder, "out/libraries.json"), JSON.stringify({ built: sha256 }));
    }

    function addRecordingPip(): void {
      addProgram(
        "pip",
        `[ "$1" = --version ] && echo "pip 25.1 from x" || { echo "$@" >> "${folder}/asked"; exit 1; }`,
      );
    }

    const CUDA = "bb0edd69103c154245c5f209f0507355cc68ba7e4de350084bc31edc562478e4";
    const CPU = "54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26";

    test.skipIf(existsSync("/proc/driver/nvidia/version"))("refuses without a driver", () => {
      const { status, stderr } = setUp("--gpu");
      expect(status).toBe(1);
      expect(stderr).toMatch(/because this machine has no NVIDIA driver: .*`--force`\.\n$/);
    });

    test.each([["--gpu", "--force"], []])(
      "goes on after the wheels that are there: %j",
      (...args) => {
        unpackedBefore(CUDA);
        addRecordingPip();
        expect(setUp(...args).stderr).toContain(
          "could not download nvidia-cuda-runtime-cu12 12.2.140",
        );
        expect(existsSync(path.join(folder, "out/lib/libtensorflow_cc.so.2"))).toBe(true);
      },
    );

    test("removes the other build's libraries first", () => {
      unpackedBefore(CPU);
      addRecordingPip();
      const { stdout, stderr } = setUp("--gpu", "--force");
      expect(stdout).toMatch(/^Removing the other build\n/);
      expect(stderr).toContain("could not download tensorflow 2.15.1");
      expect(readdirSync(path.join(folder, "out"))).toEqual([]);
    });
  });
});
