import { KernelBackend } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { reportGpuFaults } from "../../../trainer/src/backends/webgpu-faults.ts";

/** A backend whose numbers are always there, and the event by which its device complains. */
function faulty() {
  const backend = new KernelBackend();
  backend.read = () => Promise.resolve(Float32Array.of(0));
  const device = new EventTarget();
  reportGpuFaults(device, backend);
  const complain = (message: string) =>
    device.dispatchEvent(Object.assign(new Event("uncapturederror"), { error: { message } }));
  return { backend, complain };
}

test("reportGpuFaults() lets numbers through while the device is content", async () => {
  expect(await faulty().backend.read({})).toEqual(Float32Array.of(0));
});

test("reportGpuFaults() fails the next reading, with the first fault and what to do", async () => {
  const { backend, complain } = faulty();
  complain("Out of memory\n - While calling [Device].CreateBuffer");
  complain("[Invalid Buffer] is invalid due to a previous error.");
  await expect(backend.read({})).rejects.toThrow(
    "The GPU did not compute: Out of memory. Use a smaller `batch_size`",
  );
});
