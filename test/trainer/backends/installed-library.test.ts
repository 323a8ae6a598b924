import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  installedLibrary,
  TENSORFLOW_BINDING,
  WEBGPU_LIBRARY,
} from "../../../trainer/src/backends/installed-library.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "normlens-binding-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function addBinding(...segments: string[]): string {
  const target = path.join(folder, ...segments);
  mkdirSync(target, { recursive: true });
  const file = path.join(target, "tfjs_binding.node");
  writeFileSync(file, "");
  return file;
}

describe("installedLibrary()", () => {
  test("takes the folder that NORMLENS_TENSORFLOW_DIR names", () => {
    const file = addBinding("chosen");
    expect(
      installedLibrary(TENSORFLOW_BINDING, { NORMLENS_TENSORFLOW_DIR: path.dirname(file) }),
    ).toBe(file);
  });

  test("keeps the libraries apart", () => {
    const file = addBinding("chosen");
    expect(
      installedLibrary(WEBGPU_LIBRARY, { NORMLENS_WEBGPU_DIR: path.dirname(file) }),
    ).toBeUndefined();
  });

  test("looks nowhere else when that variable is set", () => {
    addBinding("normlens", "tensorflow");
    const environment = {
      NORMLENS_TENSORFLOW_DIR: path.join(folder, "none"),
      XDG_DATA_HOME: folder,
    };
    expect(installedLibrary(TENSORFLOW_BINDING, environment)).toBeUndefined();
  });

  test("finds the user's data folder, after NormLens's own", () => {
    const perUser = addBinding("normlens", "tensorflow");
    const own = path.resolve(import.meta.dirname, "../../../.tensorflow/tfjs_binding.node");
    expect([perUser, own]).toContain(
      installedLibrary(TENSORFLOW_BINDING, { XDG_DATA_HOME: folder }),
    );
  });
});
