import { beforeEach, describe, expect, test, vi } from "vitest";
import { doctor } from "../../../cli/src/commands/doctor.ts";
import { tensorflow } from "../../../trainer/src/backends/tensorflow.ts";
import { recordedIo } from "../../support/command-io.ts";

async function run(...args: readonly string[]) {
  const io = recordedIo({ columns: 200 });
  const code = await doctor.run(args, io);
  return { code, ...io.written };
}

describe("normlens doctor", () => {
  test("measures every backend that works and says which one is taken", {
    timeout: 90_000,
  }, async () => {
    const { code, out } = await run("--json");
    const report: {
      backends: { name: string; works: boolean; samplesPerSecond?: number }[];
      chosen: string;
    } = JSON.parse(out);
    expect(code).toBe(0);
    expect(report.backends.map(({ name }) => name)).toEqual([
      "tensorflow",
      "webgpu",
      "wasm",
      "cpu",
    ]);
    for (const { name, works, samplesPerSecond = 0 } of report.backends) {
      if (name === "wasm" || name === "cpu") expect(works).toBe(true);
      if (works) expect(samplesPerSecond).toBeGreaterThan(1);
    }
    expect(report.chosen).toBe(tensorflow.detect().available ? "tensorflow" : "wasm");
  });

  test("refuses what it does not know", async () => {
    const { code, error } = await run("--fast");
    expect(code).toBe(2);
    expect(error).toContain('unknown option "--fast"');
  });
});

describe("normlens doctor without TensorFlow", () => {
  beforeEach(() => {
    vi.stubEnv("NORMLENS_TENSORFLOW_DIR", "/nonexistent");
    return () => vi.unstubAllEnvs();
  });

  test("says that it is not set up and names the command that would make it faster", {
    timeout: 90_000,
  }, async () => {
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out).toContain("TensorFlow is not set up");
    expect(out).toContain("`backend: auto` takes wasm");
    if (process.platform === "linux" && process.arch === "x64") {
      expect(out).toContain("run `npm run setup:tensorflow`");
    }
  });
});
