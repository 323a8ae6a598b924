import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/e2e/**", "**/node_modules/**"],
    testTimeout: 30_000,
    maxWorkers: availableParallelism(),
    // Files of one worker share the modules they load: most of a file's time went into loading them.
    isolate: false,
  },
});
