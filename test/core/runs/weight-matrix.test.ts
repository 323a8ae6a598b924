import { describe, expect, test } from "vitest";
import { encodeSafetensors } from "../../../core/formats/safetensors.ts";
import { readWeightMatrix } from "../../../core/runs/weight-matrix.ts";
import { memoryRunFiles } from "../../support/memory-run-files.ts";

const FILE = "r/weights/step-00000010.safetensors";

function run(metadata: Readonly<Record<string, string>> = {}) {
  const files = memoryRunFiles({});
  files.write(
    FILE,
    encodeSafetensors(
      [
        {
          name: "conv",
          dtype: "F32",
          shape: [2, 1, 2],
          data: Float32Array.of(3, 0, -4, 0),
        },
        { name: "bias", dtype: "F32", shape: [2], data: Float32Array.of(1, 2) },
        { name: "steps", dtype: "I32", shape: [1, 1], data: Int32Array.of(1) },
      ],
      metadata,
    ),
  );
  return files;
}

describe("readWeightMatrix()", () => {
  const expected = {
    layer: "conv",
    step: 10,
    inputs: 2,
    outputs: 2,
    values: Float32Array.of(3, 0, -4, 0),
    norms: Float64Array.of(5, 0),
    scale: 4,
  };

  test("reads one tensor, all axes but the last as inputs", async () => {
    expect(await readWeightMatrix(run(), { folder: "r", step: 10, layer: "conv" })).toEqual(
      expected,
    );
  });

  test("reads a header that is longer than the first look", async () => {
    const files = run({ note: "x".repeat(200_000) });
    expect(await readWeightMatrix(files, { folder: "r", step: 10, layer: "conv" })).toEqual(
      expected,
    );
  });

  test.each([
    [11, "conv", "weights/step-00000011.safetensors is missing"],
    [10, "fc", 'weights/step-00000010.safetensors holds no tensor "fc"'],
    [10, "bias", '"bias" is no matrix'],
    [10, "steps", '"steps" holds I32, no real numbers'],
  ])("says why there is nothing to draw: %d %s", async (step, layer, problem) => {
    expect(await readWeightMatrix(run(), { folder: "r", step, layer })).toBe(problem);
  });

  test("says what is wrong with a torn file", async () => {
    const files = run();
    files.write(FILE, new Uint8Array(20));
    expect(await readWeightMatrix(files, { folder: "r", step: 10, layer: "conv" })).toMatch(
      /^weights\/step/,
    );
  });
});
