import { expect, test } from "vitest";
import {
  type ComparedTensor,
  compareFiles,
} from "../../../../core/weights/difference/compare-files.ts";
import { createDifferenceKernels } from "../../../../core/weights/difference/difference-kernels.ts";
import type { StoredTensor } from "../../../../core/weights/weight-file.ts";
import { bytesInMemory } from "../../../support/bytes-in-memory.ts";

function floats(name: string, values: readonly number[], shape = [values.length]): StoredTensor {
  const bytes = bytesInMemory(new Uint8Array(Float32Array.from(values).buffer));
  return { name, dtype: "float32", shape, bytes };
}

test("compareFiles() goes through A, then tells what only B has", async () => {
  const a = [floats("new", [1]), floats("w", [1, 2]), floats("turned", [1, 2], [2, 1])];
  const b = [
    floats("gone", [1], [1, 1]),
    floats("turned", [1, 2], [1, 2]),
    floats("w", [1, 0]),
    floats("cut", [1], [3]),
  ];
  const shares: number[] = [];
  const watch = {
    signal: new AbortController().signal,
    onShare: (share: number) => shares.push(share),
  };
  const compared: ComparedTensor[] = [];
  const files = [[...a, floats("cut", [1, 2, 3])], b] as const;
  for await (const tensor of compareFiles(createDifferenceKernels(), files, watch)) {
    compared.push(tensor);
  }
  expect(compared).toMatchObject([
    { name: "new", change: "added", shape: [1] },
    { name: "w", change: "values", distance: 2, equal: 1, zerosLost: 1 },
    { name: "turned", change: "shape", shape: [2, 1], shapeBefore: [1, 2] },
    { name: "cut", change: "unread", problem: "its values end 8 bytes early" },
    { name: "gone", change: "missing", shapeBefore: [1, 1] },
  ]);
  expect(shares).toEqual([16 / 40]);
});
