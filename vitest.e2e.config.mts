import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/e2e/**/*.test.ts"],
    // One workbench, one browser: the scenes build on each other.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    // A workbench on a loaded machine can miss a beat; a scene that fails twice has a fault.
    retry: 1,
  },
});
