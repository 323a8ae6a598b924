import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { setupLaunch } from "../../../client/src/training/backend-setup.ts";

const SCRIPTS = path.resolve(import.meta.dirname, "../../../scripts");

test.each([
  [{ backend: "tensorflow", build: "cpu" }, "setup-tensorflow.js", ["--cpu"]],
  [{ backend: "tensorflow", build: "gpu" }, "setup-tensorflow.js", ["--gpu"]],
  [{ backend: "webgpu" }, "setup-webgpu.js", []],
] as const)("setupLaunch() of %j names a script that is there", (setup, script, args) => {
  const launch = setupLaunch(setup);
  expect(launch).toMatchObject({ script, args });
  expect(existsSync(path.join(SCRIPTS, launch.script.replace(".js", ".mjs")))).toBe(true);
});
