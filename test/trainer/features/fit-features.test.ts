import { describe, expect, test } from "vitest";
import { featuresDataset } from "../../../trainer/src/data/features-dataset/features-dataset.ts";
import { fitFeatures } from "../../../trainer/src/features/fit-features.ts";

const dataset = featuresDataset({
  columns: ["a", "b"],
  data: Float64Array.of(1, 10, 3, Number.NaN, 100, 1000),
  captions: ["0", "1", "2"],
});
const TRAIN = Int32Array.of(0, 1);

describe("fitFeatures", () => {
  test("fits on the training part and applies to all rows", () => {
    const { modalities } = fitFeatures(dataset, TRAIN, {
      missing_values: "mean",
      standardize: true,
    });
    expect([...(modalities[0]?.data ?? [])]).toEqual([-1, 0, 1, 0, 98, 990]);
  });

  test("only fills where it is told no more, and does nothing where nothing is asked", () => {
    const { modalities } = fitFeatures(dataset, TRAIN, { missing_values: "median" });
    expect([...(modalities[0]?.data ?? [])]).toEqual([1, 10, 3, 10, 100, 1000]);
    expect(fitFeatures(dataset, TRAIN, { missing_values: "error" })).toBe(dataset);
  });

  test("tells a column that the training part knows nothing of", () => {
    expect(() => fitFeatures(dataset, Int32Array.of(1), { missing_values: "mean" })).toThrow(
      "Column `b` of features has no value in the training part",
    );
  });

  test("leaves rows without the modality out of the fit, and zero", () => {
    const [features] = dataset.modalities;
    const present = Uint8Array.of(1, 0, 1);
    const data = Float64Array.of(2, 2, 0, 0, 4, 6);
    const partial = { ...dataset, modalities: [{ ...features!, present, data }] };
    const fitted = fitFeatures(partial, Int32Array.of(0, 1, 2), { standardize: true });
    expect([...(fitted.modalities[0]?.data ?? [])]).toEqual([-1, -1, 0, 0, 1, 1]);
  });
});
