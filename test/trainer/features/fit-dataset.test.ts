import { describe, expect, test } from "vitest";
import { featuresDataset } from "../../../trainer/src/data/features-dataset/features-dataset.ts";
import { createWordRows } from "../../../trainer/src/data/text/word-rows.ts";
import type { Dataset } from "../../../trainer/src/dataset.ts";
import { type Fitting, fitDataset } from "../../../trainer/src/features/fit-dataset.ts";

const dataset = featuresDataset({
  columns: ["a", "b"],
  data: Float64Array.of(1, 10, 3, Number.NaN, 100, 1000),
  captions: ["0", "1", "2"],
});
const NOTHING = { missing: "error", standardize: false } as const;
const told: string[] = [];
const fitted = (data: Dataset, rows: Int32Array, change: Partial<Fitting>) =>
  fitDataset(data, rows, { ...NOTHING, ...change }, (text) => told.push(text));
const TRAIN = Int32Array.of(0, 1);

describe("fitDataset", () => {
  test("fits on the training part and applies to all rows", () => {
    const { modalities } = fitted(dataset, TRAIN, {
      missing: "mean",
      standardize: true,
    });
    expect([...(modalities[0]?.data ?? [])]).toEqual([-1, 0, 1, 0, 98, 990]);
  });

  test("only fills where it is told no more, and does nothing where nothing is asked", () => {
    const { modalities } = fitted(dataset, TRAIN, { missing: "median" });
    expect([...(modalities[0]?.data ?? [])]).toEqual([1, 10, 3, 10, 100, 1000]);
    expect(fitted(dataset, TRAIN, {})).toEqual(dataset);
  });

  test("tells a column that the training part knows nothing of", () => {
    expect(() => fitted(dataset, Int32Array.of(1), { missing: "mean" })).toThrow(
      "Column `b` of features has no value in the training part",
    );
  });

  test("leaves rows without the modality out of the fit, and zero", () => {
    const [features] = dataset.modalities;
    const present = Uint8Array.of(1, 0, 1);
    const data = Float64Array.of(2, 2, 0, 0, 4, 6);
    const partial = { ...dataset, modalities: [{ ...features!, present, data }] };
    const { modalities } = fitted(partial, Int32Array.of(0, 1, 2), { standardize: true });
    expect([...(modalities[0]?.data ?? [])]).toEqual([-1, -1, 0, 0, 1, 1]);
  });

  test("keeps the words that the training part has most of, and counts the others", () => {
    const texts = createWordRows(3, 4);
    texts.set(0, "b a B c");
    texts.set(1, "a d");
    texts.set(2, "E'en a b zebra, not read");
    const rows = { ...dataset, modalities: [texts.modality("text")] };
    const [text] = fitted(rows, TRAIN, { vocabulary: 3 }).modalities;
    expect(text?.vocabulary).toEqual(["", "<unknown>", "a", "b", "c"]);
    expect([...(text?.data ?? [])]).toEqual([3, 2, 3, 4, 2, 1, 0, 0, 1, 2, 3, 1]);
    expect(told.at(-1)).toBe(
      "Vocabulary of text: 3 words of the training part, 6 in all; of the words outside it 50.0% are unknown",
    );
  });
});
