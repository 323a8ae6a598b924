import { describe, expect, test } from "vitest";
import { encodeSafetensors } from "../../../../core/formats/safetensors.ts";
import { openArrays } from "../../../../trainer/src/data/arrays/open-arrays.ts";
import { readRows } from "../../../../trainer/src/data/arrays/read-rows.ts";
import { bytesInMemory } from "../../../support/bytes-in-memory.ts";
import { npyOf, npyOfNumbers } from "../../../support/npy-of.ts";
import { zipOf } from "../../../support/zip-of.ts";

const signal = new AbortController().signal;
const open = (file: Uint8Array) => openArrays(bytesInMemory(file), "data/x");
const NPY = npyOfNumbers([1, 2, 3, 4, 5, 6], [3, 2]);

async function rowsOf(file: Uint8Array, name: string, rows: readonly number[]) {
  const array = (await open(file)).find((candidate) => candidate.name === name);
  return [...(await readRows(array!, { rows: Int32Array.from(rows), place: "data/x", signal }))];
}

describe("openArrays", () => {
  test("tells the three formats by their first bytes and gives the rows asked for", async () => {
    const safetensors = encodeSafetensors([
      { name: "a", dtype: "BF16", shape: [2, 2], data: Float32Array.of(1, -2, 3, 0.5) },
      { name: "b", dtype: "I64", shape: [3], data: BigInt64Array.of(7n, -8n, 9n) },
    ]);
    expect(await rowsOf(NPY, "", [0, 2])).toEqual([1, 2, 5, 6]);
    expect(await rowsOf(zipOf({ "x.npy": NPY }), "x", [1, 2])).toEqual([3, 4, 5, 6]);
    expect(await rowsOf(safetensors, "a", [1])).toEqual([3, 0.5]);
    expect(await rowsOf(safetensors, "b", [1, 2])).toEqual([-8, 9]);
  });

  test("reads no more than a chunk of a large file at a time, and nothing behind the last row", async () => {
    const rows = 3_000_000;
    const ranges: [number, number][] = [];
    const file = npyOfNumbers(
      Array.from({ length: rows }, (_, row) => row),
      [rows],
    );
    const [array] = await openArrays(bytesInMemory(file, ranges), "x");
    const wanted = Int32Array.from({ length: 1000 }, (_, index) => index * 1500);
    const values = await readRows(array!, { rows: wanted, place: "x", signal });
    expect([...values]).toEqual([...wanted]);
    expect(Math.max(...ranges.map(([start, end]) => end - start))).toBeLessThanOrEqual(1 << 23);
    expect(ranges.reduce((sum, [start, end]) => sum + end - start, 0)).toBeLessThan(17e6);
  });

  test("stops when it is cancelled", async () => {
    const [array] = await open(NPY);
    const request = { rows: Int32Array.of(0), place: "x", signal: AbortSignal.abort() };
    await expect(readRows(array!, request)).rejects.toThrow();
  });

  test.each([
    ["a text", new Uint8Array(Buffer.from("name,age\n1,2\n")), /data\/x: it is none of .npy/],
    ["an empty file", new Uint8Array(0), /data\/x: it is none of/],
    ["a cut array", NPY.subarray(0, -3), /data\/x: truncated: float64 \[3, 2\]/],
    ["a ZIP without arrays", zipOf({ "a.txt": NPY }), /without any NumPy array/],
    ["a damaged member", zipOf({ "x.npy": NPY.subarray(0, -3) }), /array `x`: truncated/],
    [
      "a wrong checksum",
      zipOf({ "x.npy": NPY }, (entry) => entry.writeUInt32LE(1, 16)),
      /checksum does not fit/,
    ],
    [
      "a member that unpacks to more than it says",
      zipOf({ "x.npy": NPY }, (entry) => entry.writeUInt32LE(130, 24)),
      /unpacks to more than the 130 bytes stated|truncated/,
    ],
    [
      "pickled objects",
      npyOf("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", new Uint8Array(1)),
      /pickled/,
    ],
  ])("tells %s, and the file", async (_name, file, expected) => {
    await expect(rowsOf(file, "x", [0])).rejects.toThrow(expected);
  });

  test("is not fooled by a ZIP entry that cannot be unpacked", async () => {
    const file = zipOf({ "x.npy": NPY });
    // Bits 1 and 2 of the first byte: a kind of block that deflate does not have.
    file[35] = 0xff;
    await expect(rowsOf(file, "x", [0])).rejects.toThrow(/data\/x: `x.npy` cannot be unpacked/);
  });
});
