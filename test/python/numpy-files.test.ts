import { expect, test } from "vitest";
import { npyTexts } from "../../core/formats/npy-dtype.ts";
import { parseNpyHeader } from "../../core/formats/npy-header.ts";
import { openArrays } from "../../trainer/src/data/arrays/open-arrays.ts";
import { readRows } from "../../trainer/src/data/arrays/read-rows.ts";
import { bytesInMemory } from "../support/bytes-in-memory.ts";
import { describeWithPython, runPython } from "./run-python.ts";

interface Answer {
  readonly numbers: readonly { name: string; shape: number[]; values: string[]; file: string }[];
  readonly versions: readonly string[];
  readonly version_values: readonly string[];
  readonly texts: string;
  readonly big_texts: string;
  readonly bytes: string;
  readonly refused: Readonly<Record<string, string>>;
  readonly zips: Readonly<Record<string, string>>;
  readonly x: readonly string[];
  readonly y: readonly string[];
}

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));
const signal = new AbortController().signal;

/** Python's `repr` of a float as a number. */
const numberOf = (text: string) => Number(text.replace("inf", "Infinity").replace("nan", "NaN"));

async function readAll(file: Uint8Array, name: string) {
  const arrays = await openArrays(bytesInMemory(file), "x");
  const array = arrays.find((candidate) => candidate.name === name);
  if (array === undefined) throw new RangeError(`No array ${name}`);
  const rows = Int32Array.from({ length: array.shape[0] ?? 1 }, (_, row) => row);
  const values = await readRows(array, { rows, place: name, signal });
  return { shape: array.shape, values: [...values] };
}

describeWithPython("arrays that NumPy wrote", () => {
  const answer = runPython("numpy_files.py", {}) as Answer;

  test("have the same values in every type, order of bytes and order of indices", async () => {
    expect(answer.numbers.length).toBeGreaterThan(20);
    for (const { name, shape, values, file } of answer.numbers) {
      const read = await readAll(bytesOf(file), "");
      expect(read, name).toEqual({ shape, values: values.map(numberOf) });
    }
  });

  test("are read in all three formats of the header", async () => {
    for (const file of answer.versions) {
      expect((await readAll(bytesOf(file), "")).values).toEqual(
        answer.version_values.map(numberOf),
      );
    }
  });

  test.each([
    ["texts", ["red", "日本", "😀 x", ""]],
    ["big_texts", ["red", "ä"]],
    ["bytes", ["red", "green"]],
  ] as const)("give the texts of %s", (key, expected) => {
    const bytes = bytesOf(answer[key]);
    const header = parseNpyHeader(bytes);
    if ("problem" in header) throw new TypeError(header.problem);
    expect(npyTexts(header.dtype, bytes.subarray(header.dataStart))).toEqual(expected);
  });

  test.each([
    ["objects", /objects are pickled/],
    ["complex", /complex numbers/],
    ["records", /records of several fields/],
    ["dates", /dates are no numbers/],
    ["long double", /readable are 2, 4, 8/],
    ["beyond 2^53", /row 2: an integer of int64 is beyond 2\^53/],
  ])("are refused where they hold %s", async (key, expected) => {
    await expect(readAll(bytesOf(answer.refused[key] ?? ""), "")).rejects.toThrow(expected);
  });

  test.each(["stored", "deflated", "described", "zip64"])(
    "are read from a %s .npz",
    async (key) => {
      const file = bytesOf(answer.zips[key] ?? "");
      expect((await readAll(file, "x")).values).toEqual(answer.x.map(numberOf));
      expect((await readAll(file, "y")).values).toEqual(answer.y.map(numberOf));
    },
  );
});
