import { add, fill, KernelBackend } from "@tensorflow/tfjs-core";
import { afterEach, expect, test, vi } from "vitest";
import { selectBackend } from "../../../trainer/src/backends/select.ts";
import { reportGpuFaults } from "../../../trainer/src/backends/webgpu-faults.ts";
import { softwareGpu } from "../../support/software-gpu.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

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

const gpu = softwareGpu();

test.skipIf(gpu === undefined)(
  "a buffer beyond the adapter's limit fails the next reading (needs npm run setup:webgpu)",
  { timeout: 60_000 },
  async () => {
    for (const [name, value] of Object.entries(gpu ?? {})) vi.stubEnv(name, value);
    await selectBackend("webgpu", () => undefined);
    const tooLarge = fill([300_000_000], 1);
    const ones = add(fill([2000], 1), 0);
    await expect(ones.data()).rejects.toThrow(
      /^The GPU did not compute: .*exceeds the max buffer size limit.*\. Use a smaller `batch_size`/,
    );
    tooLarge.dispose();
  },
);
