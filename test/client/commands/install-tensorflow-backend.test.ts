import { describe, expect, test } from "vitest";
import { installTensorflowBackend } from "../../../client/src/commands/install-tensorflow-backend.ts";
import type { SetupEnd } from "../../../client/src/training/run-setup.ts";

async function told(end: SetupEnd, isTrusted = true) {
  const messages: string[] = [];
  let runs = 0;
  await installTensorflowBackend.run({
    isTrusted: () => isTrusted,
    inform: (message) => messages.push(message),
    async installTensorflow() {
      runs += 1;
      return end;
    },
  });
  return { messages, runs };
}

describe("installTensorflowBackend", () => {
  test.each([
    [
      { status: "ready", message: "TensorFlow 2.15.1 is ready on CPU (60 s)" },
      ["TensorFlow 2.15.1 is ready on CPU (60 s). The next training uses it."],
    ],
    [
      { status: "failed", message: "Fetching TensorFlow needs Python with pip." },
      ["The TensorFlow backend was not installed. Fetching TensorFlow needs Python with pip."],
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
