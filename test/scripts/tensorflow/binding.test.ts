import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const { buildBinding } = await script("build-binding.mjs");
const { placeBinding } = await script("tensorflow/binding.mjs");

async function script(name: string) {
  return await import(
    pathToFileURL(path.resolve(import.meta.dirname, "../../../scripts", name)).href
  );
}

const LIBRARIES = path.resolve(import.meta.dirname, "../../../.tensorflow");
const canBuild =
  existsSync(path.join(LIBRARIES, "include")) && spawnSync("g++", ["--version"]).status === 0;

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "normlens-binding-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A folder as the set-up leaves it before it puts the binding there. */
function unpacked(): string {
  const target = path.join(folder, "tensorflow");
  mkdirSync(target);
  symlinkSync(path.join(LIBRARIES, "lib"), path.join(target, "lib"));
  cpSync(path.join(LIBRARIES, "include"), path.join(target, "include"), { recursive: true });
  return target;
}

function place(bindings: string): readonly string[] {
  const said: string[] = [];
  const say = (text: string) => said.push(text);
  placeBinding({ folder: unpacked(), platform: "linux-x64", say, places: [bindings] });
  return said;
}

describe.skipIf(!canBuild)(
  "binding (needs npm run setup:tensorflow and g++)",
  {
    timeout: 120_000,
  },
  () => {
    test("buildBinding() gives the same bytes twice, and the set-up takes them", () => {
      const [once, twice] = ["once", "twice"].map((name) => buildBinding(path.join(folder, name)));
      expect(readFileSync(once?.file ?? "")).toEqual(readFileSync(twice?.file ?? ""));
      expect(place(path.join(folder, "once"))).toEqual([
        "Taking the binding that came with NormLens",
      ]);
    });

    test("placeBinding() compiles where the binding that came along does not load", () => {
      const broken = path.join(folder, "broken/linux-x64");
      mkdirSync(broken, { recursive: true });
      writeFileSync(path.join(broken, "tfjs_binding.node"), "not a library");
      const said = place(path.dirname(broken));
      expect(said[0]).toContain("does not load here");
      expect(said[1]).toBe("Compiling the binding");
      const file = path.join(folder, "tensorflow/tfjs_binding.node");
      expect(readFileSync(file).subarray(1, 4).toString()).toBe("ELF");
    });
  },
);
