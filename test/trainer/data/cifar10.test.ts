import { describe, expect, test } from "vitest";
import type { Cifar10Data } from "../../../core/experiment/file-data.ts";
import { cifar10 } from "../../../trainer/src/data/cifar10.ts";
import { dataFolder } from "../../support/data-folder.ts";

const SETTINGS: Cifar10Data = { source: "cifar10", path: ".", max_rows: 1_000_000, seed: 0 };
const NAMES = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
];

/** Records whose pixel at (row, column) of channel c is (label + 10·row + column + 80·c) mod 256. */
function batch(labels: readonly number[]): Uint8Array {
  return Uint8Array.from(
    labels.flatMap((label) => [
      label,
      ...Array.from({ length: 3072 }, (_, at) => {
        const [channel, row, column] = [at >> 10, (at >> 5) & 31, at & 31];
        return (label + 10 * row + column + 80 * channel) & 255;
      }),
    ]),
  );
}

const FILES = {
  "data_batch_1.bin": batch([0, 1, 2]),
  "data_batch_2.bin": batch([3, 4]),
  "test_batch.bin": batch([9, 0]),
  "batches.meta.txt": `${NAMES.join("\n")}\n\n`,
};

async function load(
  files: Readonly<Record<string, string | Uint8Array>>,
  change: Partial<Cifar10Data> = {},
) {
  const context = dataFolder(files);
  return { ...(await cifar10.load({ ...SETTINGS, ...change }, context)), told: context.told };
}

describe("cifar10", () => {
  test("reads all batches in order, planes turned to pixels, the test file as test part", async () => {
    const { labels, classes, testRows, modalities, thumbnails, captions } = await load(FILES);
    expect([...labels]).toEqual([0, 1, 2, 3, 4, 9, 0]);
    expect(classes).toEqual(NAMES);
    expect(testRows).toEqual(Int32Array.of(5, 6));
    expect(captions[5]).toBe("truck");
    const [image] = modalities;
    expect(image).toMatchObject({ name: "image", kind: "image", shape: [32, 32, 3] });
    for (const [row, y, x, channel] of [
      [0, 0, 0, 0],
      [1, 2, 3, 1],
      [5, 31, 31, 2],
    ] as const) {
      const at = ((row * 32 + y) * 32 + x) * 3 + channel;
      const value = ((labels[row] ?? 0) + 10 * y + x + 80 * channel) & 255;
      expect(thumbnails?.rgb[at]).toBe(value);
      expect(image?.data[at]).toBe(Math.fround(value / 255));
    }
  });

  test("does without names and without a test file, and says so", async () => {
    const { classes, testRows, told } = await load({ "data_batch_1.bin": batch([0, 1]) });
    expect([classes[3], testRows]).toEqual(["3", undefined]);
    expect(told).toEqual([
      ". has no test_batch.bin: the test part is drawn from the others",
      "Reading data_batch_1.bin",
      ". has no batches.meta.txt: classes are named by their numbers",
    ]);
  });

  test("keeps a sample whose test rows are still those of the test file", async () => {
    const {
      rows,
      labels,
      testRows = new Int32Array(0),
    } = await load(FILES, { max_rows: 4, seed: 1 });
    expect(rows).toBe(4);
    const all = [...labels].filter((_, row) => !testRows.includes(row));
    expect(all.every((label) => label <= 4)).toBe(true);
    expect(all).toEqual(all.toSorted());
  });

  test.each([
    ["an empty folder", { "a.txt": "" }, ".: there is no data_batch_1.bin in it"],
    [
      "a cut file",
      { "data_batch_1.bin": batch([0]).subarray(1) },
      "data_batch_1.bin: 3072 bytes are no whole number of records of 3073",
    ],
    ["an empty file", { "data_batch_1.bin": new Uint8Array(0) }, "data_batch_1.bin: 0 bytes"],
    [
      "a wrong class",
      { "data_batch_1.bin": batch([0, 77]) },
      "data_batch_1.bin, record 1: its class is 77",
    ],
    [
      "too few names",
      { ...FILES, "batches.meta.txt": "cat\n" },
      "batches.meta.txt: it names 1 classes",
    ],
  ])("tells %s", async (_name, files, message) => {
    await expect(load(files)).rejects.toThrow(message);
  });

  test("tells a folder that is not there, and stops when it is cancelled", async () => {
    await expect(load(FILES, { path: "none" })).rejects.toThrow(
      "none: it cannot be read: it does not exist",
    );
    const context = { ...dataFolder(FILES), signal: AbortSignal.abort() };
    await expect(cifar10.load(SETTINGS, context)).rejects.toThrow(/abort/i);
  });
});
