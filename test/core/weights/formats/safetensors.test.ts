import { describe, expect, test } from "vitest";
import { encodeSafetensors } from "../../../../core/formats/safetensors.ts";
import { inspected } from "../../../support/weight-place.ts";

const fileOf = (name: string, values: readonly number[]) =>
  encodeSafetensors([
    { name, dtype: "F32", shape: [values.length], data: Float32Array.from(values) },
  ]);
const index = (map: Readonly<Record<string, unknown>>) =>
  Buffer.from(JSON.stringify({ weight_map: map }));

describe("a safetensors file", () => {
  test("is read, by its content where its name says nothing", async () => {
    const file = fileOf("fc.weight", [0, 3, -4]);
    for (const name of ["model.safetensors", "model.bin"]) {
      const { tensors, problems } = await inspected(name, { [name]: file });
      expect(problems).toEqual([]);
      expect(tensors).toMatchObject([
        { name: "fc.weight", dtype: "float32", shape: [3], zeros: 1, l1: 7, l2: 5, maxAbs: 4 },
      ]);
    }
  });

  test("of several parts is read by its index", async () => {
    const { tensors, problems } = await inspected("model.safetensors.index.json", {
      "model.safetensors.index.json": index({ a: "p1.safetensors", b: "p2.safetensors" }),
      "p1.safetensors": fileOf("a", [1]),
      "p2.safetensors": fileOf("b", [2]),
    });
    expect(tensors.map(({ name, l1 }) => [name, l1])).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
    expect(problems).toEqual([]);
  });

  test("of several parts says which are missing, and shows the others", async () => {
    const { tensors, problems } = await inspected("m.safetensors.index.json", {
      "m.safetensors.index.json": index({ a: "p1", c: "p1", b: "gone" }),
      p1: fileOf("a", [1]),
    });
    expect(tensors).toHaveLength(1);
    expect(problems).toEqual([
      "Part `p1` lacks 1 tensors of the index, such as c",
      "Part `gone` with 1 tensors: it is missing",
    ]);
  });

  test.each([
    ["no JSON", Buffer.from("{")],
    ["no map", Buffer.from("{}")],
    ["a map of numbers", index({ a: 1 })],
  ])("has no index of %s", async (_, bytes) => {
    const name = "m.safetensors.index.json";
    expect((await inspected(name, { [name]: bytes })).problems).toEqual([
      "it is no index: it has no `weight_map` of texts",
    ]);
  });
});
