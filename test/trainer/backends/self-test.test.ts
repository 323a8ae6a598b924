import {
  backend,
  getKernel,
  type KernelFunc,
  registerKernel,
  unregisterKernel,
} from "@tensorflow/tfjs-core";
import { afterEach, expect, test } from "vitest";
import { selectBackend } from "../../../trainer/src/backends/select.ts";
import { selfTest } from "../../../trainer/src/backends/self-test.ts";

const restored: (() => void)[] = [];

/** Replaces a kernel of the cpu backend until the test is over; undefined takes it away. */
function replaceKernel(
  kernelName: string,
  wrap: ((original: KernelFunc) => KernelFunc) | undefined,
) {
  const original = getKernel(kernelName, "cpu");
  if (original === undefined) throw new Error(`cpu has no kernel ${kernelName}`);
  unregisterKernel(kernelName, "cpu");
  if (wrap !== undefined) {
    registerKernel({ kernelName, backendName: "cpu", kernelFunc: wrap(original.kernelFunc) });
  }
  restored.push(() => {
    if (wrap !== undefined) unregisterKernel(kernelName, "cpu");
    registerKernel(original);
  });
}

afterEach(() => {
  for (const restore of restored.splice(0)) restore();
});

test.each(["cpu", "wasm"] as const)(
  "selfTest() passes on %s and frees what it made",
  async (name) => {
    await selectBackend(name, () => undefined);
    const before = backend().numDataIds();
    expect(await selfTest()).toBeUndefined();
    expect(backend().numDataIds()).toBe(before);
  },
);

test("selfTest() names an operation that the backend lacks", async () => {
  await selectBackend("cpu", () => undefined);
  replaceKernel("UnsortedSegmentSum", undefined);
  expect(await selfTest()).toContain("gradient of gather fails: ");
});

test("selfTest() names an operation that gives wrong values", async () => {
  await selectBackend("cpu", () => undefined);
  // Softmax that returns its input: every shape is right and the values are not.
  replaceKernel("Softmax", () => ({ inputs, backend: owner }) => {
    const { logits } = inputs;
    if (logits === undefined) throw new TypeError("Give softmax its logits, got none");
    const identity = getKernel("Identity", "cpu");
    if (identity === undefined) throw new Error("cpu has no kernel Identity");
    return identity.kernelFunc({ inputs: { x: logits }, backend: owner });
  });
  expect(await selfTest()).toBe(`softmax gives [0, ${Math.fround(Math.log(3))}, 1000, 1000]`);
});
