import { expect, test } from "vitest";
import { createScanKernels } from "../../../../core/weights/scan/kernels.ts";

test("createScanKernels() gives instances that share nothing", () => {
  const [first, second] = [createScanKernels(), createScanKernels()];
  first.buffers[0].set(new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer));
  first.add("scanFloat32", 0, 4);
  expect([...first.sums]).toEqual([10, 10, 30, 4, 0, 0]);
  expect([...second.sums]).toEqual([0, 0, 0, 0, 0, 0]);
});
