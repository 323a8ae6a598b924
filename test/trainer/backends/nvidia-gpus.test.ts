import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { nvidiaGpus } from "../../../trainer/src/backends/nvidia-gpus.ts";

function emptyFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "normlens-nvidia-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

test("nvidiaGpus() names what the driver serves, in the order of the slots", () => {
  const driver = emptyFolder();
  writeFileSync(path.join(driver, "version"), "NVRM version: …");
  for (const [slot, model] of [
    ["0000:81:00.0", "NVIDIA L4"],
    ["0000:01:00.0", "NVIDIA H100 PCIe"],
  ] as const) {
    mkdirSync(path.join(driver, "gpus", slot), { recursive: true });
    const text = `Model: \t\t ${model}\nIRQ:   \t\t 16\nGPU UUID: \t GPU-1\n`;
    writeFileSync(path.join(driver, "gpus", slot, "information"), text);
  }
  expect(nvidiaGpus(driver)).toEqual(["NVIDIA H100 PCIe", "NVIDIA L4"]);
});

test("nvidiaGpus() is undefined without a driver and empty where it names nothing", () => {
  const folder = emptyFolder();
  const library = path.join(folder, "libcuda.so.1");
  expect(nvidiaGpus(folder, library)).toBeUndefined();
  writeFileSync(library, "");
  expect(nvidiaGpus(folder, library)).toEqual([]);
});
