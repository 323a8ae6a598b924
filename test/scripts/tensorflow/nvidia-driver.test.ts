import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const { driverObstacle } = await import(
  pathToFileURL(path.resolve(import.meta.dirname, "../../../scripts/tensorflow/nvidia-driver.mjs"))
    .href
);

function obstacleOf(version: string | undefined, hasWindowsLibrary = false): string | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), "normlens-driver-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const [file, library] = [path.join(folder, "version"), path.join(folder, "libcuda.so.1")];
  if (version !== undefined) writeFileSync(file, version);
  if (hasWindowsLibrary) writeFileSync(library, "");
  return driverObstacle(file, library);
}

test.each([
  [
    "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023\nGCC version: 12.2.0",
    undefined,
  ],
  ["NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.15  Release Build", undefined],
  [
    "NVRM version: NVIDIA UNIX x86_64 Kernel Module  470.223.02  Sat Oct 7",
    "the NVIDIA driver is 470.223.2 and CUDA 12 needs 525.60.13",
  ],
  ["NVRM version: one without a number", undefined],
  [undefined, "this machine has no NVIDIA driver"],
])("driverObstacle() of %j", (version, expected) => {
  expect(obstacleOf(version)).toBe(expected);
});

test("driverObstacle() trusts Windows' own driver", () => {
  expect(obstacleOf(undefined, true)).toBeUndefined();
});
