import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { encodeSafetensors } from "../../../core/formats/safetensors.ts";
import { readMatrix } from "../../../trainer/src/alignment/read-matrix.ts";

function read(name: string, content: string | Uint8Array) {
  const folder = mkdtempSync(path.join(tmpdir(), "normlens-matrix-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(path.join(folder, name), content);
  return readMatrix(folder, name);
}

const tensor = (name: string, shape: number[]) =>
  ({
    name,
    dtype: "F32",
    shape,
    data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(2),
  }) as const;

describe("readMatrix", () => {
  test("reads text with commas or blanks, comments and empty lines", () => {
    const found = read("m.csv", "# words to pixels\n1, 0.5,-2e-1\n\n3 4\t5 # last\r\n");
    expect(found).toEqual({ rows: 2, columns: 3, data: new Float64Array([1, 0.5, -0.2, 3, 4, 5]) });
  });

  test("reads the one matrix of a safetensors file, or the map of a run", () => {
    expect(
      read("m.safetensors", encodeSafetensors([tensor("w", [2, 1]), tensor("b", [1])])).rows,
    ).toBe(2);
    const run = encodeSafetensors([tensor("other", [5, 5]), tensor("map.weight", [3, 2])]);
    expect(read("m.safetensors", run)).toMatchObject({ rows: 3, columns: 2 });
  });

  test.each([
    ["a word", "m.csv", "1 2\n3 x\n", "m.csv:2: `x` is no number"],
    [
      "rows of different lengths",
      "m.csv",
      "1 2\n3\n",
      "m.csv:2: 1 numbers where the first row has 2",
    ],
    ["nothing", "m.csv", "# none\n", "m.csv holds no numbers"],
    [
      "two matrices",
      "m.safetensors",
      encodeSafetensors([tensor("a", [1, 1]), tensor("b", [1, 1])]),
      "holds 2 matrices",
    ],
    ["no safetensors", "m.safetensors", "hello", "is no safetensors file"],
  ])("refuses %s", (_name, file, content, message) => {
    expect(() => read(file, content)).toThrow(message);
  });

  test("says which file is not there", () => {
    expect(() => readMatrix("/nowhere", "m.csv")).toThrow("Cannot read the matrix m.csv");
  });
});
