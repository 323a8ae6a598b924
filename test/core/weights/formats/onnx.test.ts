import { describe, expect, test } from "vitest";
import { bytesField, varintField } from "../../../../core/formats/protobuf.ts";
import { inspected } from "../../../support/weight-place.ts";

const text = (number: number, value: string) => bytesField(number, Buffer.from(value));
const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const tensor = (name: string, type: number, dims: readonly number[], ...rest: Uint8Array[]) =>
  Buffer.concat([
    ...dims.map((side) => varintField(1, side)),
    varintField(2, type),
    ...rest,
    text(8, name),
  ]);
const modelOf = (...initializers: Uint8Array[]) =>
  Buffer.concat([
    varintField(1, 9),
    text(2, "maker"),
    bytesField(
      7,
      Buffer.concat([text(2, "graph"), ...initializers.map((one) => bytesField(5, one))]),
    ),
  ]);
const inspectModel = (model: Uint8Array, more: Readonly<Record<string, Uint8Array>> = {}) =>
  inspected("m.onnx", { "m.onnx": model, ...more });

describe("an ONNX model's initializers", () => {
  test("are read raw, as floats, and as numbers of variable width", async () => {
    const { tensors, problems } = await inspectModel(
      modelOf(
        tensor("raw", 1, [3], bytesField(9, floats(0, 3, -4))),
        tensor("floats", 1, [2], bytesField(4, floats(1, 2))),
        tensor("half", 10, [2], bytesField(5, Uint8Array.of(0x80, 0x78, 0))),
        tensor("int64", 7, [1], bytesField(7, varintField(0, 5).subarray(1))),
        tensor("scalar", 1, [], bytesField(9, floats(2))),
        tensor("empty", 1, [0]),
      ),
    );
    expect(problems).toEqual([]);
    expect(tensors.map(({ name, dtype, l1, zeros }) => [name, dtype, l1, zeros])).toEqual([
      ["raw", "float32", 7, 1],
      ["floats", "float32", 3, 0],
      ["half", "float16", 1, 1],
      ["int64", "int64", 5, 0],
      ["scalar", "float32", 2, 0],
      ["empty", "float32", 0, 0],
    ]);
  });

  test("are read from files beside it, inside of its folder", async () => {
    const entry = (key: string, value: string) =>
      bytesField(13, Buffer.concat([text(1, key), text(2, value)]));
    const outside = (location: string, offset: string) =>
      tensor("w", 1, [2], entry("location", location), entry("offset", offset), varintField(14, 1));
    const data = { "m.data": Buffer.concat([Buffer.alloc(4), floats(1, -2)]) };
    expect((await inspectModel(modelOf(outside("m.data", "4")), data)).tensors).toMatchObject([
      { name: "w", l1: 3 },
    ]);
    expect((await inspectModel(modelOf(outside("m.data", "8")), data)).problems).toEqual([
      "`w`: bytes 8 to 16 of `m.data` are not there",
    ]);
    expect((await inspectModel(modelOf(outside("gone", "0")), data)).problems).toEqual([
      "`w`: its values should be in `gone`, which is missing",
    ]);
  });

  test("that do not fit their shape, or are no numbers, are named", async () => {
    const { tensors, problems } = await inspectModel(
      modelOf(
        tensor("short", 1, [3], bytesField(9, floats(1))),
        tensor("text", 8, [1]),
        tensor("huge", 1, [2 ** 40, 2 ** 40], bytesField(9, floats(1))),
      ),
    );
    expect(tensors).toEqual([]);
    expect(problems).toEqual([
      "`short`: float32 [3] needs 12 bytes, 4 are there",
      "`text`: its type, texts, is not read here",
      expect.stringMatching(/^`huge`: /),
    ]);
  });

  test("of a file that breaks off, or is none, are refused", async () => {
    const model = modelOf(tensor("w", 1, [1], bytesField(9, floats(1))));
    for (const bytes of [model.subarray(0, 30), Buffer.from("hello world")]) {
      expect((await inspectModel(bytes)).problems).toEqual([expect.stringMatching(/^damaged: /)]);
    }
  });
});
