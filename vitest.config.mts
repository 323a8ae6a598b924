import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** A process finds its graphics adapters once: these tests name one in software before that. */
const OWN_PROCESS = ["test/trainer/backends/webgpu*.test.ts"];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**", "**/node_modules/**", ...OWN_PROCESS],
          // Files of one worker share the modules they load: most of a file's time went into that.
          isolate: false,
        },
      },
      { extends: true, test: { name: "own process", include: OWN_PROCESS } },
    ],
  },
});
