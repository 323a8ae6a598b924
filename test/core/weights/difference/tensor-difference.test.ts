import { describe, expect, test } from "vitest";
import { createDifferenceKernels } from "../../../../core/weights/difference/difference-kernels.ts";
import { tensorDifference } from "../../../../core/weights/difference/tensor-difference.ts";
import { ValueFault } from "../../../../core/weights/value-fault.ts";
import type { StoredTensor, WeightDtype } from "../../../../core/weights/weight-file.ts";
import { bytesInMemory } from "../../../support/bytes-in-memory.ts";
import { gaussian } from "../../../support/gaussian.ts";

const kernels = createDifferenceKernels();
const watch = { signal: new AbortController().signal };

function tensorOf(
  data: ArrayBufferView,
  dtype: WeightDtype = "float32",
  more: Partial<StoredTensor> = {},
): StoredTensor {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const shape = [bytes.length / (dtype === "float32" ? 4 : dtype === "float64" ? 8 : 2)];
  return { name: "w", dtype, shape, bytes: bytesInMemory(bytes), ...more };
}

const floats = (...values: number[]) => tensorOf(Float32Array.from(values));
const compare = (a: StoredTensor, b: StoredTensor) => tensorDifference(kernels, [a, b], watch);

describe("tensorDifference()", () => {
  test("tells distances, cosine, equal values and changed zeros", async () => {
    const found = await compare(floats(0, 3, 0, 5, -0), floats(4, 0, 0, 5, 0));
    expect(found).toEqual({
      count: 5,
      distance: 5,
      relative: 5 / Math.sqrt(41),
      maxAbs: 4,
      cosine: 25 / Math.sqrt(34 * 41),
      equal: 3,
      zerosGained: 1,
      zerosLost: 1,
      nonFinite: 0,
    });
  });

  test("adds up only pairs that are finite, and counts the others", async () => {
    const a = floats(Number.NaN, 1 / 0, 1 / 0, 1, 2);
    const b = floats(Number.NaN, 1 / 0, -1 / 0, 1, Number.NaN);
    expect(await compare(a, b)).toMatchObject({ distance: 0, equal: 2, nonFinite: 4, cosine: 1 });
  });

  test.each([
    ["two zeros", [0, 0], [0, 0], { relative: 0, cosine: Number.NaN, equal: 2 }],
    ["a base of zeros", [1, 0], [0, 0], { relative: Infinity, cosine: Number.NaN, zerosLost: 1 }],
    ["opposite directions", [3, 4], [-3, -4], { relative: 2, cosine: -1 }],
    ["nothing", [], [], { count: 0, relative: 0, equal: 0 }],
    ["subnormal values", [1e-45, 0], [0, 0], { zerosLost: 1, equal: 1 }],
  ])("of %s", async (_, a, b, wanted) => {
    expect(await compare(floats(...a), floats(...b))).toMatchObject(wanted);
  });

  test("is the same to 1e-12 over many pieces as in one sum of pairs", async () => {
    const count = 600_001;
    const a = Float64Array.from(gaussian(1, count, 3).data);
    const b = Float64Array.from(a, (value, index) => value + (index % 3 === 0 ? 0 : index / count));
    const found = await compare(tensorOf(a, "float64"), tensorOf(b, "float64"));
    let squares = 0;
    let most = 0;
    for (let index = 0; index < count; index++) {
      const difference = (a[index] ?? 0) - (b[index] ?? 0);
      squares += difference ** 2;
      most = Math.max(most, Math.abs(difference));
    }
    expect(Math.abs(found.distance / Math.sqrt(squares) - 1)).toBeLessThan(1e-12);
    expect(found).toMatchObject({ count, maxAbs: most, equal: 200_001, nonFinite: 0 });
  });

  test("compares types and orders by their values", async () => {
    const rows = { ...floats(1, 2, 3, 4, 5, 6), shape: [2, 3] };
    const shape = [2, 3];
    const half = Uint16Array.of(0x3c00, 0x4000, 0x4200, 0x4400, 0x4500, 0x4600);
    expect(await compare(rows, tensorOf(half, "float16", { shape }))).toMatchObject({ equal: 6 });
    const turned = Float64Array.of(1, 4, 2, 5, 3, 6);
    const columns = tensorOf(turned, "float64", { shape, strides: [1, 2] });
    expect(await compare(rows, columns)).toMatchObject({ equal: 6 });
    const tiled = tensorOf(Float32Array.of(1, 2, 4, 5, 3, 6), "float32", { shape, tile: [2, 2] });
    expect(await compare(tiled, columns)).toMatchObject({ equal: 6 });
    expect(await compare(tiled, tiled)).toMatchObject({ equal: 6 });
  });

  test("says when one of them ends early, and can be stopped", async () => {
    const short = { ...floats(1), shape: [3] };
    await expect(compare(floats(1, 2, 3), short)).rejects.toThrow(ValueFault);
    const signal = AbortSignal.abort();
    const pair = [floats(1), floats(1)] as const;
    await expect(tensorDifference(kernels, pair, { signal })).rejects.toThrow(/abort/i);
  });
});
