import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { inspected } from "../../../support/weight-place.ts";
import { zipOf } from "../../../support/zip-of.ts";

/** Written by h5py; `make.py` beside it says what is in it. */
const FILE = new Uint8Array(
  readFileSync(path.join(import.meta.dirname, "../../../fixtures/weights/small.h5")),
);
const inspectFile = (bytes: Uint8Array, name = "m.h5") => inspected(name, { [name]: bytes });

describe("an HDF5 file", () => {
  test("is read group by group", async () => {
    const { tensors } = await inspectFile(FILE);
    expect(tensors).toMatchObject([
      { name: "count", dtype: "int64", shape: [], l1: 7 },
      { name: "layers/dense/vars/0", dtype: "float32", shape: [2, 2], zeros: 2, l2: 5 },
      { name: "layers/dense/vars/1", dtype: "float16", shape: [2], nonFinite: 1, l1: 1 },
      { name: "mask", dtype: "bool", shape: [2], zeros: 1 },
    ]);
  });

  test("names what it cannot read", async () => {
    expect((await inspectFile(FILE)).problems).toEqual([
      "`note`: its type, class 9, is no number",
      "`packed`: it is stored in chunks, which are not read here; save it without compression",
    ]);
  });

  test("is read inside of Keras' archive", async () => {
    const archive = zipOf({ "config.json": Buffer.from("{}"), "model.weights.h5": FILE });
    const { tensors } = await inspectFile(archive, "m.keras");
    expect(tensors).toHaveLength(4);
  });

  test.each<[string, (bytes: Uint8Array) => void, RegExp]>([
    ["a newer superblock", (bytes) => void bytes.fill(9, 8, 9), /superblock is of version 9/],
    ["narrow addresses", (bytes) => void bytes.fill(4, 13, 14), /addresses have 4 bytes/],
    ["a root that is nowhere", (bytes) => void bytes.fill(0xee, 64, 72), /`\/`: it is truncated/],
    [
      "a root that is no object",
      (bytes) => void bytes.fill(7, 96, 97),
      /`\/`: it is damaged: no object/,
    ],
  ])("with %s says so", async (_, change, problem) => {
    const bytes = Uint8Array.from(FILE);
    change(bytes);
    expect(await inspectFile(bytes)).toEqual({
      tensors: [],
      problems: [expect.stringMatching(problem)],
    });
  });
});
