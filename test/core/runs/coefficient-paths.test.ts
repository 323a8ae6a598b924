import { describe, expect, test } from "vitest";
import type { NamedTensor } from "../../../core/formats/safetensors.ts";
import { coefficientPaths } from "../../../core/runs/coefficient-paths.ts";

const doubles = (name: string, shape: readonly number[], data: readonly number[]): NamedTensor => ({
  name,
  dtype: "F64",
  shape,
  data: Float64Array.from(data),
});
const METADATA = { features: '["a","b","c"]', standardized: "true" };
const LAMBDA = doubles("lambda", [2], [1, 0.1]);
const SCALE = doubles("scale", [3], [1, 10, 2]);
const ONE = doubles("coef", [2, 3, 1], [0, 0, 0.5, 1, -0.2, 0.75]);

describe("coefficientPaths", () => {
  test("puts the features first that grow largest in units that can be compared", () => {
    const paths = coefficientPaths({ tensors: [LAMBDA, ONE, SCALE], metadata: METADATA });
    expect(paths).toEqual({
      lambdas: Float64Array.of(1, 0.1),
      features: ["b", "c", "a"],
      featuresTotal: 3,
      outputs: 1,
      coefficients: Float64Array.of(0, -0.2, 0.5, 0.75, 0, 1),
      sizes: Float64Array.of(0, -2, 1, 1.5, 0, 1),
      isStandardized: true,
      kept: Float64Array.of(1, 3),
    });
  });

  test("takes the largest of many, and counts what is kept of all", () => {
    const paths = coefficientPaths({ tensors: [LAMBDA, ONE, SCALE], metadata: METADATA }, 1);
    expect(paths).toMatchObject({
      features: ["b"],
      featuresTotal: 3,
      kept: Float64Array.of(1, 3),
    });
  });

  test("gives of several outputs the norm over them", () => {
    const coef = doubles("coef", [2, 3, 2], [0, 0, 3, 4, 0, 0, -3, 4, 6, 8, 0, 0]);
    const scale = doubles("scale", [3], [1, 1, 1]);
    expect(coefficientPaths({ tensors: [LAMBDA, coef, scale], metadata: METADATA })).toMatchObject({
      features: ["b", "a", "c"],
      outputs: 2,
      sizes: Float64Array.of(5, 10, 0, 5, 0, 0),
      kept: Float64Array.of(1, 2),
    });
  });

  test.each<[string, readonly NamedTensor[], Readonly<Record<string, string>>, string]>([
    ["a tensor is missing", [LAMBDA, ONE], METADATA, "no F64 tensors"],
    ["names are missing", [LAMBDA, ONE, SCALE], {}, "no list of names"],
    ["names are no list", [LAMBDA, ONE, SCALE], { features: "{" }, "no list of names"],
    ["names are too few", [LAMBDA, ONE, SCALE], { features: '["a"]' }, "does not fit"],
    [
      "the shape is of another path",
      [LAMBDA, doubles("coef", [1, 6, 1], [1, 2, 3, 4, 5, 6]), SCALE],
      METADATA,
      "`coef` of shape [1, 6, 1] does not fit 2 λ, 3 names and 3 scales",
    ],
  ])("says what is wrong where %s", (_name, tensors, metadata, words) => {
    expect(coefficientPaths({ tensors, metadata })).toContain(words);
  });
});
