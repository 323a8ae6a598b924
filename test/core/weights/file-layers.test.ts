import { expect, test } from "vitest";
import { nearZeros } from "../../../core/measures/near-zeros.ts";
import { pendingLayer, scannedLayer } from "../../../core/weights/file-layers.ts";
import { createScanKernels } from "../../../core/weights/scan/kernels.ts";
import { scanTensor } from "../../../core/weights/scan/scan-tensor.ts";
import type { StoredTensor } from "../../../core/weights/weight-file.ts";
import { bytesInMemory } from "../../support/bytes-in-memory.ts";

function tensorOf(data: Float32Array): StoredTensor {
  return {
    name: "w",
    dtype: "float32",
    shape: [data.length],
    bytes: bytesInMemory(new Uint8Array(data.buffer)),
  };
}

async function layerOf(data: Float32Array) {
  const tensor = tensorOf(data);
  const { signal } = new AbortController();
  const found = await scanTensor(createScanKernels(), tensor, { signal });
  return scannedLayer({ ...tensor, ...found });
}

test("a tensor that is not read yet has its shape alone", () => {
  expect(pendingLayer(tensorOf(new Float32Array(6)))).toMatchObject({
    layer: "w",
    shape: [6],
    count: 6,
    dtype: "float32",
    isPending: true,
  });
});

test("few bins stay as they are", async () => {
  const { histogram } = await layerOf(Float32Array.of(1, 1, -1, 0));
  expect(histogram).toEqual({ edges: [-1.125, -1, 1, 1.125], counts: [1, 0, 2], isLog: true });
});

test("many bins are joined without losing a value or their symmetry", async () => {
  const data = Float32Array.from(
    { length: 3000 },
    (_, index) => (index % 2 ? -1 : 1) * 1.01 ** -index,
  );
  const { histogram, penalty } = await layerOf(data);
  const { edges, counts } = histogram;
  expect(counts.length).toBeLessThanOrEqual(49);
  expect(counts.length % 2).toBe(1);
  expect(edges).toHaveLength(counts.length + 1);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3000);
  expect(edges).toEqual(edges.map((edge) => -edge).reverse());
  expect(edges).toEqual(edges.toSorted((a, b) => a - b));
  expect(penalty).toBeUndefined();
});

test("near zeros are counted by bins as one by one", async () => {
  const data = Float32Array.from({ length: 4000 }, (_, index) =>
    index % 7 === 0 ? 0 : (index % 2 ? -3 : 3) * 1.005 ** -index,
  );
  const row = await layerOf(data);
  expect(row.nearZeros).toBe(nearZeros(data, row.maxAbs));
  expect(row.nearZeros).toBeGreaterThan(1000);
});
