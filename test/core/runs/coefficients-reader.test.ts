import { beforeEach, describe, expect, test } from "vitest";
import { encodeSafetensors } from "../../../core/formats/safetensors.ts";
import {
  type CoefficientsReader,
  createCoefficientsReader,
} from "../../../core/runs/coefficients-reader.ts";
import { type MemoryRunFiles, memoryRunFiles } from "../../support/memory-run-files.ts";

const FILE = "run/path/coefficients.safetensors";
const bytes = (value: number) =>
  encodeSafetensors(
    [
      { name: "lambda", dtype: "F64", shape: [1], data: Float64Array.of(1) },
      { name: "coef", dtype: "F64", shape: [1, 1, 1], data: Float64Array.of(value) },
      { name: "scale", dtype: "F64", shape: [1], data: Float64Array.of(1) },
    ],
    { features: '["a"]', standardized: "false" },
  );

describe("createCoefficientsReader", () => {
  let files: MemoryRunFiles;
  let problems: string[];
  let reader: CoefficientsReader;
  beforeEach(() => {
    files = memoryRunFiles();
    problems = [];
    reader = createCoefficientsReader({
      files,
      folder: "run",
      report: (text) => problems.push(text),
    });
  });

  test("gives the file once, and again when another takes its place", async () => {
    expect(await reader.update()).toBeUndefined();
    files.write(FILE, bytes(2));
    expect(await reader.update()).toMatchObject({ sizes: Float64Array.of(2) });
    expect(await reader.update()).toBeUndefined();
    files.write(FILE, bytes(3));
    expect(await reader.update()).toMatchObject({ sizes: Float64Array.of(3) });
    expect(problems).toEqual([]);
  });

  test("reports a damaged file once", async () => {
    files.write(FILE, "no tensors");
    expect(await reader.update()).toBeUndefined();
    await reader.update();
    expect(problems).toEqual([expect.stringMatching(/^path\/coefficients.safetensors: /)]);
  });
});
