import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeSafetensors,
  encodeSafetensors,
  type NamedTensor,
} from "../../../core/formats/safetensors.ts";

const EVERY_DTYPE: readonly NamedTensor[] = [
  { name: "f64", dtype: "F64", shape: [2], data: Float64Array.of(Math.PI, Number.NaN) },
  { name: "f32", dtype: "F32", shape: [1, 2], data: Float32Array.of(-0, 1e-42) },
  { name: "f16", dtype: "F16", shape: [3], data: Float32Array.of(0.5, -65504, 2 ** -24) },
  { name: "bf16", dtype: "BF16", shape: [2], data: Float32Array.of(1.5, Number.NEGATIVE_INFINITY) },
  { name: "i64", dtype: "I64", shape: [1], data: BigInt64Array.of(-(2n ** 62n)) },
  { name: "u64", dtype: "U64", shape: [1], data: BigUint64Array.of(2n ** 63n) },
  { name: "i32", dtype: "I32", shape: [], data: Int32Array.of(-7) },
  { name: "u32", dtype: "U32", shape: [1], data: Uint32Array.of(4_000_000_000) },
  { name: "i16", dtype: "I16", shape: [3], data: Int16Array.of(1, -2, 3) },
  { name: "u16", dtype: "U16", shape: [1], data: Uint16Array.of(60_000) },
  { name: "i8", dtype: "I8", shape: [3], data: Int8Array.of(1, -2, 3) },
  { name: "u8", dtype: "U8", shape: [0, 4], data: new Uint8Array(0) },
  { name: "bool", dtype: "BOOL", shape: [2], data: Uint8Array.of(1, 0) },
];

/** A file with the given header text, `dataBytes` zeros, and optionally a lying header length. */
function fileOf(header: string, dataBytes: number, headerBytes?: bigint): Uint8Array {
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, headerBytes ?? BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

const entry = (dtype: string, shape: readonly unknown[], offsets: readonly number[]) =>
  JSON.stringify({ dtype, shape, data_offsets: offsets });

describe("encodeSafetensors", () => {
  test("pads the header with spaces to 8 bytes and sorts wide types first", () => {
    const file = encodeSafetensors(
      [
        { name: "b", dtype: "U8", shape: [1], data: Uint8Array.of(9) },
        { name: "a", dtype: "F32", shape: [1], data: Float32Array.of(1) },
      ],
      { step: "3" },
    );

    const headerBytes = Number(new DataView(file.buffer).getBigUint64(0, true));
    expect(headerBytes % 8).toBe(0);
    expect(new TextDecoder().decode(file.subarray(8, 8 + headerBytes)).trimEnd()).toBe(
      `{"__metadata__":{"step":"3"},"a":${entry("F32", [1], [0, 4])},"b":${entry("U8", [1], [4, 5])}}`,
    );
    expect([...file.subarray(8 + headerBytes)]).toEqual([0, 0, 0x80, 0x3f, 9]);
  });

  test.each<[string, readonly NamedTensor[]]>([
    ["a shape that does not fit", [{ name: "a", dtype: "U8", shape: [2], data: Uint8Array.of(1) }]],
    [
      "a name given twice",
      [
        { name: "a", dtype: "U8", shape: [1], data: Uint8Array.of(1) },
        { name: "a", dtype: "I8", shape: [1], data: Int8Array.of(1) },
      ],
    ],
    [
      "the reserved name",
      [{ name: "__metadata__", dtype: "U8", shape: [1], data: Uint8Array.of(1) }],
    ],
  ])("refuses %s", (_name, tensors) => {
    expect(() => encodeSafetensors(tensors)).toThrow(RangeError);
  });
});

describe("decodeSafetensors", () => {
  test("gives back every dtype and the metadata", () => {
    const decoded = decodeSafetensors(encodeSafetensors(EVERY_DTYPE, { format: "pt" }));

    if ("problem" in decoded) throw new TypeError(decoded.problem);
    expect(decoded.metadata).toEqual({ format: "pt" });
    const byName = new Map(decoded.tensors.map((tensor) => [tensor.name, tensor]));
    expect(byName.size).toBe(EVERY_DTYPE.length);
    for (const tensor of EVERY_DTYPE) expect(byName.get(tensor.name)).toEqual(tensor);
  });

  test("reads from the middle of a larger buffer", () => {
    const file = encodeSafetensors(EVERY_DTYPE);
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);

    expect(decodeSafetensors(shifted.subarray(3))).toEqual(decodeSafetensors(file));
  });

  test.each<[string, Uint8Array, RegExp]>([
    ["an empty file", new Uint8Array(0), /truncated/],
    ["a header bomb", fileOf("{}", 0, 2n ** 63n), /more than 100000000 are refused/],
    ["a header longer than the file", fileOf("{}", 0, 3n), /truncated/],
    ["no JSON", fileOf("{nope}", 0), /not JSON/],
    ["an array for a header", fileOf("[]", 0), /start with/],
    ["bytes that are not UTF-8", fileOf("{}", 0).fill(0xff, 8), /UTF-8/],
    ["metadata that is no map of strings", fileOf('{"__metadata__":{"a":1}}', 0), /map of strings/],
    ["a tensor that is no object", fileOf('{"a":[1]}', 0), /not described/],
    ["an unknown dtype", fileOf(`{"a":${entry("F7", [1], [0, 4])}}`, 4), /unsupported dtype "F7"/],
    ["an inherited dtype", fileOf(`{"a":${entry("toString", [1], [0, 4])}}`, 4), /unsupported/],
    ["a negative side", fileOf(`{"a":${entry("U8", [-4], [0, 4])}}`, 4), /valid shape/],
    ["a fractional side", fileOf(`{"a":${entry("U8", [0.5], [0, 4])}}`, 4), /valid shape/],
    [
      "a shape that overflows",
      fileOf(`{"a":${entry("U8", [2 ** 52, 2 ** 52], [0, 4])}}`, 4),
      /need/,
    ],
    ["one offset only", fileOf(`{"a":${entry("U8", [4], [4])}}`, 4), /data_offsets/],
    ["offsets backwards", fileOf(`{"a":${entry("U8", [4], [4, 0])}}`, 4), /its offsets give -4/],
    ["offsets outside the file", fileOf(`{"a":${entry("U8", [9], [0, 9])}}`, 4), /truncated/],
    ["a hole", fileOf(`{"a":${entry("U8", [1], [1, 2])}}`, 2), /hole/],
    [
      "an overlap",
      fileOf(`{"a":${entry("U8", [2], [0, 2])},"b":${entry("U8", [2], [1, 3])}}`, 3),
      /"b" overlaps/,
    ],
    ["bytes that belong to no tensor", fileOf("{}", 2), /2 bytes after the last tensor/],
  ])("names the fault of %s", (_name, bytes, expected) => {
    const decoded = decodeSafetensors(bytes);
    expect("problem" in decoded ? decoded.problem : "no problem").toMatch(expected);
  });

  test("never throws, whatever byte of a good file is changed or cut", () => {
    const file = encodeSafetensors(EVERY_DTYPE, { format: "pt" });
    fc.assert(
      fc.property(
        fc.nat(file.length - 1),
        fc.nat(255),
        fc.nat(file.length),
        (position, byte, length) => {
          const damaged = file.slice(0, length);
          damaged[position] = byte;
          decodeSafetensors(damaged);
        },
      ),
    );
  });

  test("gives back any binary32 tensors bit for bit", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.string({ unit: "binary" }), fc.float32Array()), {
          selector: ([name]) => name,
          maxLength: 5,
        }),
        (named) => {
          fc.pre(named.every(([name]) => name !== "__metadata__"));
          const tensors = named.map(([name, data]): NamedTensor => {
            return { name, dtype: "F32", shape: [data.length], data };
          });
          const decoded = decodeSafetensors(encodeSafetensors(tensors));
          if ("problem" in decoded) throw new TypeError(decoded.problem);
          expect(new Set(decoded.tensors)).toEqual(new Set(tensors));
        },
      ),
    );
  });
});
