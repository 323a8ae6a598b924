import { describe, expect, test } from "vitest";
import { inspected } from "../../../support/weight-place.ts";

const modelOf = (groups: unknown) => Buffer.from(JSON.stringify({ weightsManifest: groups }));
const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const inspectModel = (groups: unknown, files: Readonly<Record<string, Uint8Array>>) =>
  inspected("model.json", { "model.json": modelOf(groups), ...files });
const weight = (name: string, shape: number[], dtype = "float32", more = {}) => {
  return { name, shape, dtype, ...more };
};

describe("a TensorFlow.js model", () => {
  test("is read over the borders of its files", async () => {
    const bytes = floats(1, 2, 0, -4);
    const { tensors, problems } = await inspectModel(
      [{ paths: ["a.bin", "b.bin"], weights: [weight("w", [3]), weight("b", [])] }],
      { "a.bin": bytes.slice(0, 6), "b.bin": bytes.slice(6) },
    );
    expect(problems).toEqual([]);
    expect(tensors.map(({ name, l1, zeros }) => [name, l1, zeros])).toEqual([
      ["w", 3, 1],
      ["b", 4, 0],
    ]);
  });

  test("shows quantized weights as the numbers they stand for", async () => {
    const quantization = { dtype: "uint8", scale: 0.5, min: -1 };
    const { tensors } = await inspectModel(
      [{ paths: ["a.bin"], weights: [weight("w", [3], "float32", { quantization })] }],
      { "a.bin": Uint8Array.of(0, 2, 4) },
    );
    expect(tensors).toMatchObject([{ dtype: "uint8", zeros: 1, l1: 2, maxAbs: 1 }]);
  });

  test.each<[string, unknown, RegExp]>([
    ["has no manifest", undefined, /no `weightsManifest`/],
    ["lacks a file", [{ paths: ["gone"], weights: [weight("w", [1])] }], /missing with `gone`/],
    ["lacks bytes", [{ paths: ["a.bin"], weights: [weight("w", [9])] }], /needs bytes up to 36/],
    ["holds texts", [{ paths: ["a.bin"], weights: [weight("w", [1], "string")] }], /is of string/],
    ["has a group of nothing", [{}], /lacks paths or weights/],
    ["has a weight without a shape", [{ paths: ["a.bin"], weights: [{}] }], /no name or shape/],
  ])("that %s is told", async (_, groups, problem) => {
    const found = await inspectModel(groups, { "a.bin": floats(1) });
    expect(found.tensors).toEqual([]);
    expect(found.problems).toEqual([expect.stringMatching(problem)]);
  });
});
