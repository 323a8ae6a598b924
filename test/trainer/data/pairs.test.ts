import { describe, expect, test } from "vitest";
import type { PairsData } from "../../../core/experiment/file-data.ts";
import { encodeSafetensors } from "../../../core/formats/safetensors.ts";
import { pairs } from "../../../trainer/src/data/pairs.ts";
import { dataFolder } from "../../support/data-folder.ts";
import { npyOfNumbers } from "../../support/npy-of.ts";

const SETTINGS: PairsData = {
  source: "pairs",
  modalities: { image: "image.npy", text: { path: "clip.safetensors", array: "text" } },
  scale: "as_is",
  standardize: false,
  max_rows: 1_000_000,
  seed: 0,
};
const tensors = (values: readonly number[], columns: number) =>
  encodeSafetensors([
    { name: "other", dtype: "F32", shape: [1], data: Float32Array.of(1) },
    {
      name: "text",
      dtype: "F16",
      shape: [values.length / columns, columns],
      data: Float32Array.from(values),
    },
  ]);
const FILES = {
  "image.npy": npyOfNumbers([3, 4, 0, 5, 0, 5], [3, 2]),
  "clip.safetensors": tensors([1, 0, 0, 0.5, 0.5, 0.5, 0, 0.25, 1], 3),
  "labels.npy": npyOfNumbers([7, 2, 7], [3]),
};

async function load(
  change: Partial<PairsData> = {},
  files: Readonly<Record<string, Uint8Array>> = {},
) {
  const context = dataFolder({ ...FILES, ...files });
  return { ...(await pairs.load({ ...SETTINGS, ...change }, context)), told: context.told };
}

describe("pairs", () => {
  test("reads each modality from its own file, and measures norms and equal rows", async () => {
    const { modalities, told, labels, classes } = await load();
    expect(
      modalities.map(({ name, kind, shape, data }) => ({ name, kind, shape, data: [...data] })),
    ).toEqual([
      { name: "image", kind: "features", shape: [2], data: [3, 4, 0, 5, 0, 5] },
      { name: "text", kind: "features", shape: [3], data: [1, 0, 0, 0.5, 0.5, 0.5, 0, 0.25, 1] },
    ]);
    expect([labels.length, classes]).toEqual([0, []]);
    const mean = (1 + Math.sqrt(0.75) + Math.hypot(0.25, 1)) / 3;
    expect(told).toEqual([
      "2 rows of image are equal to another: no retrieval can tell them apart",
      `Mean norm of the rows: image 5.00, text ${mean.toPrecision(3)}`,
      `The scales differ by a factor of ${(5 / mean).toPrecision(3)}: set \`scale: unit_norm\` or \`standardize: true\``,
    ]);
  });

  test("brings rows to norm 1 where it is told to", async () => {
    const { modalities, told } = await load({ scale: "unit_norm" });
    expect([...modalities[0]!.data]).toEqual([0.6, 0.8, 0, 1, 0, 1].map(Math.fround));
    expect(told.join()).not.toContain("differ");
  });

  test("reads classes beside the rows", async () => {
    const { labels, classes } = await load({ labels: "labels.npy" });
    expect([[...labels], classes]).toEqual([
      [1, 0, 1],
      ["2", "7"],
    ]);
  });

  test("takes a row of NaN for a missing modality, and counts it", async () => {
    const image = npyOfNumbers([Number.NaN, Number.NaN, 1, 0, 0, 1], [3, 2]);
    const { modalities, told } = await load({}, { "image.npy": image });
    expect([...modalities[0]!.present]).toEqual([0, 1, 1]);
    expect([...modalities[0]!.data.subarray(0, 2)]).toEqual([0, 0]);
    expect(told[0]).toBe("1 of 3 rows have no image");
  });

  test.each([
    [
      "other lengths",
      [1, 2, 3, 4],
      [2, 2],
      "clip.safetensors, array `text`: it has 3 rows, image.npy has 2",
    ],
    [
      "a row missing in part",
      [1, 2, Number.NaN, 4, 5, 6],
      [3, 2],
      "image.npy, row 1: column 0 is NaN",
    ],
    ["an infinity", [1, 2, 3, 1 / 0, 5, 6], [3, 2], "image.npy, row 1: column 1 is Infinity"],
    ["a zero row", [1, 2, 0, 0, 5, 6], [3, 2], "image.npy, row 1: it is zero"],
    [
      "a cube",
      [1, 2, 3, 4, 5, 6],
      [3, 1, 2],
      "embeddings are [rows, columns], the array is [3, 1, 2]",
    ],
  ])("names the place of %s", async (_name, values, shape, message) => {
    const files = { "image.npy": npyOfNumbers(values, shape) };
    await expect(load({ scale: "unit_norm" }, files)).rejects.toThrow(message);
  });

  test("tells an open choice and labels of another length", async () => {
    const choice = { modalities: { image: "clip.safetensors" } };
    await expect(load(choice)).rejects.toThrow(
      "it holds several arrays. Name one of other [1]; text [3, 3]",
    );
    await expect(
      load({ labels: "labels.npy" }, { "labels.npy": npyOfNumbers([1], [1]) }),
    ).rejects.toThrow("labels are one for each of 3 rows, the array is [1]");
  });
});
