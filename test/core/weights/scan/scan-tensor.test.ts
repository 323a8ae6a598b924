import { describe, expect, test } from "vitest";
import { fromFloat8E4m3fnBits, fromFloat8E5m2Bits } from "../../../../core/formats/float8.ts";
import { fromBfloat16Bits, fromFloat16Bits } from "../../../../core/formats/half-float.ts";
import { CHUNK_BYTES, createScanKernels } from "../../../../core/weights/scan/kernels.ts";
import { scanTensor } from "../../../../core/weights/scan/scan-tensor.ts";
import { ValueFault } from "../../../../core/weights/value-fault.ts";
import type { StoredTensor, WeightDtype } from "../../../../core/weights/weight-file.ts";
import { bytesInMemory } from "../../../support/bytes-in-memory.ts";
import { gaussian } from "../../../support/gaussian.ts";

const kernels = createScanKernels();
const { signal } = new AbortController();

type Numbers = ArrayBufferView & { readonly length: number };

function tensorOf(dtype: WeightDtype, data: Numbers, shape = [data.length]): StoredTensor {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { name: "w", dtype, shape, bytes: bytesInMemory(bytes) };
}

const scan = (dtype: WeightDtype, data: Numbers) =>
  scanTensor(kernels, tensorOf(dtype, data), { signal });

/** Σ of binary64 numbers with their rounding errors carried along, smallest first. */
function exactSum(values: readonly number[]): number {
  let [sum, rest] = [0, 0];
  for (const value of values.toSorted((a, b) => Math.abs(a) - Math.abs(b))) {
    const next = sum + value;
    rest += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + rest;
}

function reference(values: readonly number[]) {
  const finite = values.filter(Number.isFinite);
  return {
    count: values.length,
    zeros: values.filter((value) => value === 0).length,
    nonFinite: values.length - finite.length,
    l1: exactSum(finite.map(Math.abs)),
    l2: Math.sqrt(exactSum(finite.map((value) => value * value))),
    maxAbs: finite.reduce((max, value) => Math.max(max, Math.abs(value)), 0),
    mean: finite.length === 0 ? 0 : exactSum(finite) / finite.length,
    histogram: finite.filter((value) => value !== 0).length,
  };
}

function expectSame(
  found: Awaited<ReturnType<typeof scan>>,
  values: readonly number[],
  hasAllBins = true,
): void {
  const expected = reference(values);
  for (const name of ["count", "zeros", "nonFinite", "maxAbs"] as const) {
    expect([name, found[name]]).toEqual([name, expected[name]]);
  }
  for (const name of ["l1", "l2"] as const) {
    const error = Math.abs(found[name] - expected[name]);
    expect(error).toBeLessThanOrEqual(1e-12 * expected[name]);
  }
  // A mean may cancel, so its error is relative to the mean magnitude.
  const size = expected.l1 / Math.max(1, values.length);
  expect(Math.abs(found.mean - expected.mean)).toBeLessThanOrEqual(1e-12 * size);
  const { edges, counts } = found.histogram;
  if (hasAllBins) {
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(expected.histogram);
  }
  if (hasAllBins) expect(counts).toEqual(recount(values, edges));
}

/** Values by bin: positive bins hold their lower edge, negative ones their upper, the middle neither. */
function recount(values: readonly number[], edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (const value of values) {
    if (value === 0 || !Number.isFinite(value)) continue;
    const above = edges.findLastIndex((edge) => (value > 0 ? edge <= value : edge < value));
    counts[above] = (counts[above] ?? 0) + 1;
  }
  return counts;
}

const SPECIAL = [0, -0, Number.NaN, 1 / 0, -1 / 0, 1e-45, -1e-40, 3.4e38, -1, 0.5];
const normal = (count: number) => [...gaussian(1, count, count).data];

describe("scanTensor() finds counts, norms and histogram of", () => {
  test.each([0, 1, 2, 3, 4, 5, 7, 1001, 4099])("%i binary32 values", async (count) => {
    const data = Float32Array.from([...SPECIAL, ...normal(5000)].slice(0, count));
    expectSame(await scan("float32", data), [...data]);
  });

  test.each([0, 1, 2, 3, 1001, 4099])("%i binary64 values", async (count) => {
    const data = Float64Array.from([...SPECIAL, ...normal(5000)].slice(0, count));
    expectSame(await scan("float64", data), [...data], false);
  });

  test.each([
    ["int64", BigInt64Array.from([0n, -5n, 7n, 2n ** 40n])],
    ["uint64", BigUint64Array.from([0n, 5n, 2n ** 63n])],
    ["int32", Int32Array.from([0, -(2 ** 31), 17, 0])],
    ["uint32", Uint32Array.from([4e9, 0, 1])],
    ["int16", Int16Array.from([-32_768, 0, 5])],
    ["uint16", Uint16Array.from([65_535, 0, 5])],
    ["int8", Int8Array.from([-128, 0, 1, 2, 3])],
    ["uint8", Uint8Array.from([255, 0, 0])],
    ["bool", Uint8Array.from([1, 0, 1])],
  ] as const)("%s", async (dtype, data) => {
    expectSame(await scan(dtype, data), Array.from(data, Number));
  });

  test.each([
    ["float16", fromFloat16Bits],
    ["bfloat16", fromBfloat16Bits],
  ] as const)("every pattern of %s", async (dtype, value) => {
    const patterns = Uint16Array.from({ length: 65_536 }, (_, index) => index);
    expectSame(await scan(dtype, patterns), Array.from(patterns, value));
  });

  test.each([
    ["float8_e4m3fn", fromFloat8E4m3fnBits],
    ["float8_e5m2", fromFloat8E5m2Bits],
  ] as const)("every pattern of %s", async (dtype, value) => {
    const patterns = Uint8Array.from({ length: 257 }, (_, index) => index);
    expectSame(await scan(dtype, patterns), Array.from(patterns, value));
  });

  test("more values than a chunk holds", async () => {
    const count = CHUNK_BYTES / 4 + 3;
    const data = Float32Array.from({ length: count }, (_, index) => (index % 5) - 1);
    const seen: number[] = [];
    const found = await scanTensor(kernels, tensorOf("float32", data), {
      signal,
      onBytes: (bytes) => seen.push(bytes),
    });
    expect(found).toMatchObject({ count, zeros: Math.ceil((count - 1) / 5), maxAbs: 3 });
    expect(seen).toEqual([CHUNK_BYTES, 12]);
  });

  test("quantized values, as the numbers that they stand for", async () => {
    const data = Uint8Array.from([0, 10, 20]);
    const quantization = { scale: 0.5, min: -5 };
    const tensor = { ...tensorOf("uint8", data), quantization };
    expectSame(await scanTensor(kernels, tensor, { signal }), [-5, 0, 5]);
  });
});

describe("scanTensor() refuses", () => {
  test("values that end early", async () => {
    const tensor = { ...tensorOf("float32", Float32Array.of(1, 2)), shape: [3] };
    await expect(scanTensor(kernels, tensor, { signal })).rejects.toThrow(
      new ValueFault("its values end 4 bytes early"),
    );
  });

  test("to go on when it is stopped", async () => {
    const stopped = AbortSignal.abort(new Error("stopped"));
    const tensor = tensorOf("float32", Float32Array.of(1));
    await expect(scanTensor(kernels, tensor, { signal: stopped })).rejects.toThrow("stopped");
  });
});
