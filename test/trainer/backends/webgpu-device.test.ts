import { createRequire } from "node:module";
import { afterEach, expect, test, vi } from "vitest";
import {
  installedLibrary,
  WEBGPU_LIBRARY,
} from "../../../trainer/src/backends/installed-library.ts";
import { findAdapter } from "../../../trainer/src/backends/webgpu-device.ts";

const library = installedLibrary(WEBGPU_LIBRARY, process.env);

afterEach(() => {
  vi.unstubAllEnvs();
});

test("findAdapter() refuses a library that is not Dawn", async () => {
  const file = createRequire(import.meta.url).resolve("@tensorflow/tfjs-core");
  await expect(findAdapter(file)).rejects.toThrow("Load Dawn's WebGPU, got another library");
});

test.skipIf(library === undefined || process.platform !== "linux")(
  "findAdapter() finds nothing where no driver is (needs npm run setup:webgpu)",
  async () => {
    vi.stubEnv("VK_ICD_FILENAMES", "/nonexistent.json");
    expect(await findAdapter(library ?? "")).toBeUndefined();
  },
);
