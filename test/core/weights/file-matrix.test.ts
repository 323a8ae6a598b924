import { describe, expect, test } from "vitest";
import { readFileMatrix } from "../../../core/weights/file-matrix.ts";
import type { StoredTensor, WeightDtype } from "../../../core/weights/weight-file.ts";
import { bytesInMemory } from "../../support/bytes-in-memory.ts";

function tensorOf(
  dtype: WeightDtype,
  data: ArrayBufferView,
  shape: number[],
  more: Partial<StoredTensor> = {},
): StoredTensor {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { name: "w", dtype, shape, bytes: bytesInMemory(bytes), ...more };
}

async function matrixOf(tensor: StoredTensor) {
  const found = await readFileMatrix(tensor);
  if (typeof found === "string") throw new Error(found);
  return found;
}

describe("readFileMatrix()", () => {
  test("draws the first axis against all others", async () => {
    const data = Float32Array.of(3, 0, 4, 0, 0, 0);
    const { matrix, spectrum } = await matrixOf(tensorOf("float32", data, [2, 1, 3]));
    expect(matrix).toMatchObject({ layer: "w", inputs: 3, outputs: 2 });
    expect([...matrix.values]).toEqual([3, 0, 0, 0, 4, 0]);
    expect([...matrix.norms]).toEqual([5, 0]);
    expect(spectrum?.[0]).toBeCloseTo(5, 12);
    expect(matrix.outputsTotal).toBeUndefined();
  });

  test.each<[WeightDtype, ArrayBufferView]>([
    ["float64", Float64Array.of(1, 2, 3, 4)],
    ["float32", Float32Array.of(1, 2, 3, 4)],
    ["float16", Uint16Array.of(0x3c00, 0x4000, 0x4200, 0x4400)],
    ["bfloat16", Uint16Array.of(0x3f80, 0x4000, 0x4040, 0x4080)],
    ["float8_e4m3fn", Uint8Array.of(0x38, 0x40, 0x44, 0x48)],
    ["int64", BigInt64Array.of(1n, 2n, 3n, 4n)],
    ["uint64", BigUint64Array.of(1n, 2n, 3n, 4n)],
    ["int32", Int32Array.of(1, 2, 3, 4)],
    ["uint32", Uint32Array.of(1, 2, 3, 4)],
    ["int16", Int16Array.of(1, 2, 3, 4)],
    ["uint8", Uint8Array.of(1, 2, 3, 4)],
  ])("reads %s", async (dtype, data) => {
    const { matrix } = await matrixOf(tensorOf(dtype, data, [2, 2]));
    expect([...matrix.values]).toEqual([1, 3, 2, 4]);
  });

  test("reads what is stored column by column, or quantized", async () => {
    const turned = tensorOf("float32", Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3], {
      strides: [1, 2],
    });
    expect([...(await matrixOf(turned)).matrix.values]).toEqual([1, 2, 3, 4, 5, 6]);
    const quantization = { scale: 0.5, min: -1 };
    const packed = tensorOf("uint8", Uint8Array.of(0, 2, 4, 6), [2, 2], { quantization });
    expect([...(await matrixOf(packed)).matrix.values]).toEqual([-1, 1, 0, 2]);
  });

  test("takes an even choice of the rows of a large one, and says of how many", async () => {
    const [rows, columns] = [5000, 1000];
    const data = Float32Array.from({ length: rows * columns }, (_, index) =>
      Math.floor(index / columns),
    );
    const { matrix, spectrum } = await matrixOf(tensorOf("float32", data, [rows, columns]));
    expect(matrix).toMatchObject({ inputs: columns, outputs: 4000, outputsTotal: 5000 });
    expect([...matrix.values.slice(0, 5)]).toEqual([0, 1, 2, 3, 5]);
    expect(spectrum).toBeUndefined();
  });

  test.each([
    ["a vector", [4], /no matrix/],
    ["an empty tensor", [0, 4], /no matrix/],
    ["rows beyond all measure", [2, 5_000_000], /more than 4000000 are not drawn/],
  ])("draws nothing of %s", async (_, shape, why) => {
    expect(await readFileMatrix(tensorOf("uint8", new Uint8Array(4), shape))).toMatch(why);
  });
});
