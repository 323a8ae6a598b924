import { getBackend } from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { selectBackend } from "../../../trainer/src/backends/select.ts";
import { tensorflow } from "../../../trainer/src/backends/tensorflow.ts";
import { UserError } from "../../../trainer/src/user-error.ts";

const isSetUp = tensorflow.detect().available;

/** A folder in which no TensorFlow was ever set up. */
function withoutTensorflow(): void {
  vi.stubEnv("NORMLENS_TENSORFLOW_DIR", import.meta.dirname);
}

beforeEach(() => {
  vi.stubEnv("NORMLENS_WEBGPU_DIR", import.meta.dirname);
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe("selectBackend()", () => {
  test.each(["cpu", "wasm"] as const)("makes %s current when asked", async (name) => {
    const reports: string[] = [];
    const selected = await selectBackend(name, (text) => reports.push(text));
    expect({ name: selected.name, reason: selected.reason, current: getBackend() }).toEqual({
      name,
      reason: "asked for",
      current: name,
    });
    expect(selected.versions).toHaveProperty(["@tensorflow/tfjs-core"], "4.22.0");
    expect(reports).toEqual([]);
  });

  test("with auto falls back to wasm and says what it passed over", async () => {
    withoutTensorflow();
    const reports: string[] = [];
    const { name, reason } = await selectBackend("auto", (text) => reports.push(text));
    expect(name).toBe("wasm");
    expect(getBackend()).toBe("wasm");
    expect(reports).toEqual([
      "Backend tensorflow is not used: TensorFlow is not set up",
      "Backend webgpu is not used: WebGPU is not set up",
    ]);
    expect(reason).toBe(
      "wasm is the fastest that works here (tensorflow: TensorFlow is not set up; webgpu: WebGPU is not set up)",
    );
  });

  test("with auto passes over a backend that does not load", async () => {
    vi.spyOn(tensorflow, "detect").mockReturnValue({ available: true });
    vi.spyOn(tensorflow, "activate").mockRejectedValue(
      new Error("libtensorflow_cc.so.2 is cut off"),
    );
    const reports: string[] = [];
    const { name } = await selectBackend("auto", (text) => reports.push(text));
    expect(name).toBe("wasm");
    expect(reports).toEqual([
      "Backend tensorflow is not used: it does not load, libtensorflow_cc.so.2 is cut off",
      "Backend webgpu is not used: WebGPU is not set up",
    ]);
  });

  test("refuses a backend that is not set up, with the command that sets it up", async () => {
    withoutTensorflow();
    const failure = await selectBackend("tensorflow", () => undefined).catch((error) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect(failure).toMatchObject({
      code: "backend-unavailable",
      message: expect.stringContaining("TensorFlow is not set up"),
      nextStep: expect.stringContaining("npm run setup:tensorflow"),
    });
  });

  test.skipIf(!isSetUp)("with auto takes TensorFlow (needs npm run setup:tensorflow)", async () => {
    const { name, versions } = await selectBackend("auto", () => undefined);
    expect(name).toBe("tensorflow");
    expect(getBackend()).toBe("tensorflow");
    expect(versions).toHaveProperty("tensorflow", expect.stringMatching(/^2\./));
  });
});
