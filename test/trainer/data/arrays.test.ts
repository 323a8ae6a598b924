import { describe, expect, test } from "vitest";
import type { ArraysData } from "../../../core/experiment/file-data.ts";
import { encodeSafetensors } from "../../../core/formats/safetensors.ts";
import { arrays } from "../../../trainer/src/data/arrays.ts";
import { dataFolder } from "../../support/data-folder.ts";
import { npyOf, npyOfNumbers } from "../../support/npy-of.ts";
import { zipOf } from "../../support/zip-of.ts";

const SETTINGS: ArraysData = {
  source: "arrays",
  path: "data.npz",
  task: "regression",
  target: "y",
  kind: "features",
  missing_values: "error",
  standardize: false,
  max_rows: 1_000_000,
  seed: 0,
};
const X = npyOfNumbers([1, 2, 3, 4, 5, 6], [3, 2]);
const Y = npyOfNumbers([1, 0, 1], [3]);
const NPZ = zipOf({ "x.npy": X, "y.npy": Y });
const TEXTS = npyOf(
  "{'descr': '|S3', 'fortran_order': False, 'shape': (3,), }",
  new Uint8Array(Buffer.from("catdogcat")),
);

async function load(
  change: Partial<ArraysData> = {},
  files: Readonly<Record<string, Uint8Array>> = {},
) {
  const context = dataFolder({ "data.npz": NPZ, ...files });
  const dataset = await arrays.load({ ...SETTINGS, ...change }, context);
  const [features] = dataset.modalities;
  return {
    ...dataset,
    columns: features?.columns,
    values: [...(features?.data ?? [])],
    told: context.told,
  };
}

describe("arrays", () => {
  test("takes the array beside the target as features", async () => {
    const { columns, values, targets, captions } = await load();
    expect({ columns, values }).toEqual({ columns: ["x[0]", "x[1]"], values: [1, 2, 3, 4, 5, 6] });
    expect(targets).toEqual({ names: ["y"], data: Float64Array.of(1, 0, 1) });
    expect(captions[2]).toBe("data.npz, array `x`, row 2");
  });

  test("reads classes from numbers and from texts, and a .npy of its own", async () => {
    const numbers = await load({ task: "classification" });
    expect([numbers.classes, [...numbers.labels]]).toEqual([
      ["0", "1"],
      [1, 0, 1],
    ]);
    const texts = await load(
      { task: "classification", path: "x.npy", target: "labels.npy" },
      { "x.npy": X, "labels.npy": TEXTS },
    );
    expect([texts.classes, [...texts.labels], texts.values.length]).toEqual([
      ["cat", "dog"],
      [0, 1, 0],
      6,
    ]);
  });

  test("reads safetensors, images row by row flattened", async () => {
    const file = encodeSafetensors([
      {
        name: "pixels",
        dtype: "U8",
        shape: [2, 2, 2],
        data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
      },
      { name: "y", dtype: "F32", shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
    ]);
    const { values, targets } = await load({ path: "x.safetensors" }, { "x.safetensors": file });
    expect(values).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(targets).toEqual({ names: ["y[0]", "y[1]"], data: Float64Array.of(1, 2, 3, 4) });
  });

  test("reads pictures, bytes brought to 0..1, grey ones without channels", async () => {
    const pictures = (shape: readonly number[]) =>
      encodeSafetensors([
        {
          name: "x",
          dtype: "U8",
          shape,
          data: Uint8Array.from({ length: 24 }, (_, at) => at * 10),
        },
        { name: "y", dtype: "I64", shape: [2], data: BigInt64Array.of(4n, 7n) },
      ]);
    const change = { path: "x.safetensors", kind: "image", task: "classification" } as const;
    const grey = await load(change, { "x.safetensors": pictures([2, 3, 4]) });
    expect(grey.modalities[0]).toMatchObject({ name: "image", kind: "image", shape: [3, 4, 1] });
    expect(grey.values[23]).toBe(Math.fround(230 / 255));
    expect([...(grey.thumbnails?.rgb.subarray(33, 39) ?? [])]).toEqual([
      110, 110, 110, 120, 120, 120,
    ]);
    expect([grey.classes, [...grey.labels]]).toEqual([
      ["4", "7"],
      [0, 1],
    ]);
    const colour = await load(change, { "x.safetensors": pictures([2, 2, 2, 3]) });
    expect([...(colour.thumbnails?.rgb ?? [])].slice(0, 3)).toEqual([0, 10, 20]);
    await expect(load(change, { "x.safetensors": pictures([2, 12]) })).rejects.toThrow(
      "pictures are [rows, height, width] or [rows, height, width, channels], the array is [2, 12]",
    );
    const scaled = zipOf({
      "x.npy": npyOfNumbers([0, 1, 2, 3], [2, 1, 2]),
      "y.npy": npyOfNumbers([1, 2], [2]),
    });
    await expect(load({ kind: "image" }, { "data.npz": scaled })).rejects.toThrow(
      "data.npz, array `x`, row 1: a pixel is 2; those of float64 are 0 to 1",
    );
  });

  test("keeps the same sample of features and target, and fills or drops as it is told", async () => {
    const rows = 500;
    const x = npyOfNumbers(
      Array.from({ length: rows }, (_, row) => (row === 9 ? Number.NaN : row)),
      [rows],
    );
    const y = npyOfNumbers(
      Array.from({ length: rows }, (_, row) => row * 2),
      [rows],
    );
    const files = { "data.npz": zipOf({ "x.npy": x, "y.npy": y }) };
    const sample = await load({ max_rows: 100, missing_values: "drop" }, files);
    expect([...(sample.targets?.data ?? [])]).toEqual(sample.values.map((value) => value * 2));
    expect(sample.told[0]).toBe("Kept an even sample of 100 of 500 rows (max_rows)");
    await expect(load({}, files)).rejects.toThrow(
      "data.npz, array `x`, row 9: column `x` has no value; of 500 rows are missing: x 1.",
    );
    expect((await load({ missing_values: "mean" }, files)).values[9]).toBeNaN();
  });

  test.each([
    ["an array that is not there", { features: "xx" }, "data.npz: there is no array `xx`"],
    ["no target", { target: undefined }, "a regression needs a target"],
    [
      "a class per column",
      { task: "classification", features: "y", target: "x" },
      "one class a row, the array is [3, 2]",
    ],
  ])("tells %s", async (_name, change, message) => {
    await expect(load(change as Partial<ArraysData>)).rejects.toThrow(message);
  });

  test("tells arrays of other lengths, infinities, texts for numbers and an open choice", async () => {
    const file = (members: Readonly<Record<string, Uint8Array>>) => ({
      "data.npz": zipOf(members),
    });
    await expect(
      load({}, file({ "x.npy": X, "y.npy": npyOfNumbers([1, 2], [2]) })),
    ).rejects.toThrow("data.npz, array `y`: it has 2 rows, the features have 3");
    await expect(
      load({}, file({ "x.npy": npyOfNumbers([1, 2, 3, 1 / 0, 5, 6], [3, 2]), "y.npy": Y })),
    ).rejects.toThrow("data.npz, array `x`, row 1: column 1 is Infinity");
    await expect(load({}, file({ "x.npy": X, "y.npy": TEXTS }))).rejects.toThrow(
      "data.npz, array `y`: it holds texts (|S3)",
    );
    await expect(load({}, file({ "x.npy": X, "y.npy": Y, "z.npy": X }))).rejects.toThrow(
      "it is open which of its arrays are the features: x, y, z",
    );
    await expect(load({}, file({ "x.npy": npyOfNumbers([1], []), "y.npy": Y }))).rejects.toThrow(
      "it is a single value",
    );
  });
});
