import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inspect } from "../../cli/src/commands/inspect.ts";
import type { DifferenceReport } from "../../cli/src/inspect/difference-report.ts";
import { recordedIo } from "../support/command-io.ts";
import { describeWithPyTorch, runPython } from "./run-python.ts";

/** Relative error of sums in another order. */
const TOLERANCE = 1e-12;

describeWithPyTorch("differences of weight files", () => {
  let folder = "";
  let expected: DifferenceReport["tensors"] = [];
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "normlens-difference-"));
    expected = runPython("weight_difference.py", { folder }) as typeof expected;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(["after.safetensors", "after.pt", "after.h5"])(
    "of %s are those that NumPy finds",
    async (file) => {
      const io = recordedIo({ cwd: folder });
      const code = await inspect.run([file, "--against", "before.safetensors", "--json"], io);
      expect([code, io.written.error]).toEqual([0, ""]);
      const { tensors, problems }: DifferenceReport = JSON.parse(io.written.out);
      expect(problems).toEqual([]);
      expect(tensors).toHaveLength(expected.length);
      for (const { distance, relative, cosine, ...exact } of expected) {
        const found = tensors.find(({ name }) => name === exact.name);
        expect(found).toMatchObject(exact);
        for (const [value, wanted] of [
          [found?.distance, distance],
          [found?.relative, relative],
          [found?.cosine, cosine],
        ]) {
          expect(Math.abs((value ?? Number.NaN) / (wanted ?? 0) - 1)).toBeLessThan(TOLERANCE);
        }
      }
    },
  );
});
