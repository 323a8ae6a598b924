import { describe, expect, test } from "vitest";
import { installWebgpuBackend } from "../../../client/src/commands/install-webgpu-backend.ts";
import type { SetupEnd } from "../../../client/src/training/run-setup.ts";

async function told(end: SetupEnd, isTrusted = true) {
  const messages: string[] = [];
  let runs = 0;
  await installWebgpuBackend.run({
    isTrusted: () => isTrusted,
    inform: (message) => messages.push(message),
    async installBackend(setup) {
      expect(setup).toEqual({ backend: "webgpu" });
      runs += 1;
      return end;
    },
  });
  return { messages, runs };
}

describe("installWebgpuBackend", () => {
  test.each([
    [
      { status: "ready", message: "WebGPU 0.6.2 is ready on a card, WebGPU" },
      ["WebGPU 0.6.2 is ready on a card, WebGPU"],
    ],
    [
      { status: "failed", message: "Fetching WebGPU needs npm." },
      ["The WebGPU backend was not installed. Fetching WebGPU needs npm."],
    ],
    [{ status: "cancelled" }, []],
  ] as const)("tells how it ended: %j", async (end, messages) => {
    expect(await told(end)).toEqual({ messages, runs: 1 });
  });

  test("starts nothing in Restricted Mode", async () => {
    const { messages, runs } = await told({ status: "cancelled" }, false);
    expect(runs).toBe(0);
    expect(messages.join()).toContain("needs a trusted workspace");
  });
});
