import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { inspected } from "../../../support/weight-place.ts";
import { zipOf } from "../../../support/zip-of.ts";

/** Written by h5py; `make.py` beside them says what is in them. */
const fixture = (name: string) =>
  new Uint8Array(readFileSync(path.join(import.meta.dirname, "../../../fixtures/weights", name)));
const FILE = fixture("small.h5");
const CHUNKED = fixture("chunked.h5");
const inspectFile = (bytes: Uint8Array, name = "m.h5") => inspected(name, { [name]: bytes });

describe("an HDF5 file", () => {
  test("is read group by group", async () => {
    const { tensors } = await inspectFile(FILE);
    expect(tensors).toMatchObject([
      { name: "count", dtype: "int64", shape: [], l1: 7 },
      { name: "layers/dense/vars/0", dtype: "float32", shape: [2, 2], zeros: 2, l2: 5 },
      { name: "layers/dense/vars/1", dtype: "float16", shape: [2], nonFinite: 1, l1: 1 },
      { name: "mask", dtype: "bool", shape: [2], zeros: 1 },
      { name: "packed", dtype: "float64", shape: [4, 4], l1: 16 },
    ]);
  });

  test("is read chunk by chunk, by every index of chunks", async () => {
    const { tensors, problems } = await inspectFile(CHUNKED);
    expect(problems).toEqual([]);
    const matrix = { shape: [4, 3], zeros: 1, l1: 36, maxAbs: 6 };
    expect(tensors.slice(0, 5)).toMatchObject([
      { name: "big", dtype: "float64", ...matrix },
      { name: "both", dtype: "float32", ...matrix },
      { name: "fixed", dtype: "float32", ...matrix },
      { name: "grows", dtype: "float32", ...matrix },
      { name: "many/0", l1: 0 },
    ]);
    expect(tensors.slice(-2)).toMatchObject([
      { name: "paged", shape: [1080], l1: 36 * 90 },
      { name: "single", ...matrix },
    ]);
    expect(tensors).toHaveLength(18);
  });

  test("names what it cannot read", async () => {
    expect((await inspectFile(FILE)).problems).toEqual([
      "`note`: it holds lists or texts of varying length, not numbers",
    ]);
  });

  test("is read inside of Keras' archive", async () => {
    const archive = zipOf({ "config.json": Buffer.from("{}"), "model.weights.h5": FILE });
    const { tensors } = await inspectFile(archive, "m.keras");
    expect(tensors).toHaveLength(5);
  });

  test("names a filter that it cannot undo", async () => {
    const bytes = Uint8Array.from(FILE);
    const filter = Buffer.from(bytes.buffer).indexOf(Buffer.from("deflate\0")) - 8;
    bytes.set([4, 0], filter);
    const { problems } = await inspectFile(bytes);
    expect(problems).toContain(
      '`packed`: it is packed by szip; save it with compression="gzip" or without',
    );
  });

  test.each<[string, Uint8Array, readonly number[], RegExp]>([
    ["deflate data", FILE, [0x78, 0x5e], /`packed`: a chunk of it is damaged/],
    ["a tree of chunks", CHUNKED, [...Buffer.from("BTHD")], /`both`: .*there is no BTHD/],
    ["an array of chunks", CHUNKED, [...Buffer.from("FADB")], /: .*there is no FADB/],
  ])("says of which dataset %s are damaged", async (_, file, start, problem) => {
    const bytes = Uint8Array.from(file);
    bytes[Buffer.from(bytes.buffer).indexOf(Uint8Array.from(start))] = 0;
    const { problems } = await inspectFile(bytes);
    expect(problems).toEqual(expect.arrayContaining([expect.stringMatching(problem)]));
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
    expect(await inspectFile(bytes)).toMatchObject({
      tensors: [],
      problems: [expect.stringMatching(problem)],
    });
  });
});
