import { expect, test } from "vitest";
import {
  decodeSafetensors,
  encodeSafetensors,
  type NamedTensor,
} from "../../core/formats/safetensors.ts";
import { gaussian } from "../support/gaussian.ts";
import { describeWithPython, runPython } from "./run-python.ts";

const normal = (count: number, seed: number) => gaussian(1, count, seed).data;
const TENSORS: readonly NamedTensor[] = [
  { name: "f64", dtype: "F64", shape: [2, 3], data: Float64Array.from(normal(6, 1)) },
  { name: "f32", dtype: "F32", shape: [40, 5], data: Float32Array.from(normal(200, 2)) },
  { name: "nan", dtype: "F32", shape: [3], data: Float32Array.of(Number.NaN, -0, -1 / 0) },
  { name: "f16", dtype: "F16", shape: [100], data: Float32Array.from(normal(100, 3)) },
  { name: "bf16", dtype: "BF16", shape: [100], data: Float32Array.from(normal(100, 4)) },
  { name: "i64", dtype: "I64", shape: [2], data: BigInt64Array.of(-(2n ** 63n), 5n) },
  { name: "u64", dtype: "U64", shape: [1], data: BigUint64Array.of(2n ** 64n - 1n) },
  { name: "i32", dtype: "I32", shape: [1, 1, 2], data: Int32Array.of(-7, 2 ** 31 - 1) },
  { name: "u32", dtype: "U32", shape: [1], data: Uint32Array.of(2 ** 32 - 1) },
  { name: "i16", dtype: "I16", shape: [1], data: Int16Array.of(-300) },
  { name: "u16", dtype: "U16", shape: [1], data: Uint16Array.of(65_535) },
  { name: "i8", dtype: "I8", shape: [1], data: Int8Array.of(-128) },
  { name: "u8", dtype: "U8", shape: [], data: Uint8Array.of(255) },
  { name: "ü/日本", dtype: "BOOL", shape: [2], data: Uint8Array.of(0, 1) },
];

/** Python's `repr` of a float as a number. */
function numberOf(text: string): number {
  return Number(text.replace("inf", "Infinity").replace("nan", "NaN"));
}

describeWithPython("safetensors files against the library in Python", () => {
  const file = encodeSafetensors(TENSORS, { step: "120" });
  const answer = () =>
    runPython("safetensors_files.py", {
      file: Buffer.from(file).toString("base64"),
      metadata: { step: "120" },
    });

  test("hold the values that the library reads, and every byte that it writes", () => {
    const decoded = decodeSafetensors(file);
    if ("problem" in decoded) throw new TypeError(decoded.problem);
    const byName = new Map(decoded.tensors.map((tensor) => [tensor.name, tensor]));

    const { tensors, written } = answer() as {
      tensors: { name: string; dtype: string; shape: number[]; values: string[] }[];
      written: string;
    };
    expect(tensors).toHaveLength(TENSORS.length);
    for (const { name, dtype, shape, values } of tensors) {
      const ours = byName.get(name);
      expect(ours).toMatchObject({ dtype, shape });
      const isFloat = dtype.includes("F");
      expect([...(ours?.data ?? [])].map((value) => (isFloat ? value : String(value)))).toEqual(
        isFloat ? values.map(numberOf) : values,
      );
    }
    const theirs = Buffer.from(written, "base64");
    expect(theirs.equals(file)).toBe(true);
    expect(decodeSafetensors(theirs)).toEqual(decoded);
  });

  test("round 16-bit floats as NumPy does", () => {
    const values = Float32Array.from(gaussian(1, 2000, 9).data, (value) => value * 10);
    const half = decodeSafetensors(
      encodeSafetensors([{ name: "a", dtype: "F16", shape: [2000], data: values }]),
    );
    if ("problem" in half) throw new TypeError(half.problem);
    const rounded = runPython("float16.py", [...values]);
    expect([...(half.tensors[0]?.data ?? [])]).toEqual(rounded);
  });
});
