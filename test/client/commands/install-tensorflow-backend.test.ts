import { describe, expect, test } from "vitest";
import { installTensorflowBackend } from "../../../client/src/commands/install-tensorflow-backend.ts";
import type { BackendSetup, TensorflowBuild } from "../../../client/src/training/backend-setup.ts";
import type { SetupEnd } from "../../../client/src/training/run-setup.ts";

interface Circumstances {
  readonly end?: SetupEnd;
  readonly build?: TensorflowBuild | undefined;
  readonly isTrusted?: boolean;
}

async function told(circumstances: Circumstances) {
  const { end = { status: "cancelled" }, isTrusted = true } = circumstances;
  const build = "build" in circumstances ? circumstances.build : "cpu";
  const messages: string[] = [];
  const setups: BackendSetup[] = [];
  await installTensorflowBackend.run({
    isTrusted: () => isTrusted,
    inform: (message) => messages.push(message),
    pickTensorflowBuild: () => Promise.resolve(build),
    async installBackend(setup) {
      setups.push(setup);
      return end;
    },
  });
  return { messages, setups };
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
    expect((await told({ end })).messages).toEqual(messages);
  });

  test.each(["cpu", "gpu"] as const)("installs the build that was chosen: %s", async (build) => {
    expect((await told({ build })).setups).toEqual([{ backend: "tensorflow", build }]);
  });

  test("starts nothing when Escape is pressed", async () => {
    expect(await told({ build: undefined })).toEqual({ messages: [], setups: [] });
  });

  test("starts nothing in Restricted Mode", async () => {
    const { messages, setups } = await told({ isTrusted: false });
    expect(setups).toEqual([]);
    expect(messages.join()).toContain("needs a trusted workspace");
  });
});
