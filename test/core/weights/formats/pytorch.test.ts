import { describe, expect, test } from "vitest";
import { pickledCall, pickledTensor, pytorchArchive } from "../../../support/pytorch-archive.ts";
import { inspected } from "../../../support/weight-place.ts";
import { zipOf } from "../../../support/zip-of.ts";

const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const inspectFile = (file: Uint8Array) => inspected("w.pt", { "w.pt": file });

describe("a PyTorch file", () => {
  test("is read with the storages that its pickle names", async () => {
    const file = pytorchArchive(
      { "fc.weight": pickledTensor("0", [2, 2]), "fc.bias": pickledTensor("1", [2]) },
      { 0: floats(0, 3, -4, 0), 1: floats(1, 2) },
    );
    const { tensors, problems } = await inspectFile(file);
    expect(problems).toEqual([]);
    expect(tensors).toMatchObject([
      { name: "fc.weight", dtype: "float32", shape: [2, 2], zeros: 2, l2: 5 },
      { name: "fc.bias", shape: [2], l1: 3 },
    ]);
  });

  test("that calls a function of the system is read without calling it", async () => {
    const evil = pickledCall("posix", "system", "touch /tmp/x");
    const file = pytorchArchive({ evil, w: pickledTensor("0", [1]) }, { 0: floats(1) });
    const { tensors, problems } = await inspectFile(file);
    expect(tensors).toMatchObject([{ name: "w", l1: 1 }]);
    expect(problems).toEqual(["Left out: a call of `posix.system` (at `evil`)"]);
  });

  test("whose storages are missing or short says so", async () => {
    const file = pytorchArchive(
      { a: pickledTensor("0", [1]), b: pickledTensor("1", [3]) },
      { 1: floats(1) },
    );
    expect((await inspectFile(file)).problems).toEqual([
      "`a`: its storage `data/0` is not in the file",
      "`b`: it needs 12 bytes of a storage of 4",
    ]);
  });

  test("of a big-endian machine is turned around", async () => {
    const file = pytorchArchive(
      { w: pickledTensor("0", [2]) },
      { 0: Uint8Array.of(0x40, 0x40, 0, 0, 0xc0, 0x80, 0, 0) },
      { byteorder: Buffer.from("big") },
    );
    const { tensors, problems } = await inspectFile(file);
    expect(problems).toEqual([]);
    expect(tensors).toMatchObject([{ name: "w", l2: 5, maxAbs: 4 }]);
  });

  test.each<[string, Uint8Array, RegExp]>([
    ["of the old form", Buffer.of(0x80, 2, 0x8a, 10), /bare pickle/],
    ["with a damaged pickle", zipOf({ "a/data.pkl": Buffer.from("K") }), /damaged at byte 1/],
    [
      "with a pickle that is a bomb",
      zipOf({ "a/data.pkl": new Uint8Array(70_000_000) }),
      /pickle of 70000000 bytes/,
    ],
  ])("%s is refused", async (_, file, problem) => {
    const found = await inspectFile(file);
    expect(found.tensors).toEqual([]);
    expect(found.problems).toEqual([expect.stringMatching(problem)]);
  });
});
