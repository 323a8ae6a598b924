import { describe, expect, test } from "vitest";
import { npyOf, npyOfNumbers } from "../../../support/npy-of.ts";
import { inspected } from "../../../support/weight-place.ts";
import { zipOf } from "../../../support/zip-of.ts";

describe("NumPy's files", () => {
  test("are read alone", async () => {
    const found = await inspected("weights.npy", { "weights.npy": npyOfNumbers([0, 3, -4], [3]) });
    expect(found.problems).toEqual([]);
    expect(found.tensors).toMatchObject([{ name: "weights", dtype: "float64", zeros: 1, l2: 5 }]);
  });

  test("are read in archives, and what holds no numbers is named", async () => {
    const file = zipOf({
      "a.npy": npyOfNumbers([1, 2, 3, 4], [2, 2]),
      "note.txt": Buffer.from("hello"),
      "s.npy": npyOf(
        "{'descr': '<U1', 'fortran_order': False, 'shape': (1,), }",
        new Uint8Array(4),
      ),
      "big.npy": npyOf(
        "{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }",
        Uint8Array.of(0x40, 0x40, 0, 0),
      ),
    });
    const { tensors, problems } = await inspected("w.npz", { "w.npz": file });
    expect(tensors).toMatchObject([
      { name: "a", shape: [2, 2], l1: 10 },
      { name: "big", dtype: "float32", shape: [1], l1: 3 },
    ]);
    expect(problems).toEqual(["`s`: it holds <U1, which are no numbers"]);
  });

  test("that unpack to more than they say are refused, and hang nothing", async () => {
    const lying = zipOf({ "a.npy": npyOfNumbers(new Array(4096).fill(0), [4096]) }, (entry) => {
      entry.writeUInt32LE(1000, 24);
    });
    const { tensors, problems } = await inspected("w.npz", { "w.npz": lying });
    expect(tensors).toEqual([]);
    expect(problems).toHaveLength(1);
  });
});
