import { grad, type Rank, reshape, type Tensor, tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../../trainer/src/random.ts";
import { differenceLoss, reconstructionLoss } from "../../trainer/src/separation-loss.ts";
import { expectWithin } from "../support/expect-within.ts";
import { centralDifferences, distance, useCpuBackend, valuesOf } from "../support/tensor-values.ts";

const [ROWS, DIMENSION] = [7, 3];
const SOME = [1, 1, 0, 1, 1, 0, 1];
const ALL = [1, 1, 1, 1, 1, 1, 1];

function normals(name: string): number[] {
  const random = createRandom(2, name);
  return Array.from({ length: ROWS * DIMENSION }, () => random.normal());
}

const [SHARED, OWN] = [normals("shared"), normals("own")];

/** The difference loss by its definition, in binary64. */
function direct(shared: readonly number[], own: readonly number[], present: readonly number[]) {
  const rows = present.flatMap((flag, row) => (flag === 1 ? [row] : []));
  const directions = (values: readonly number[]) => {
    const columns = [0, 1, 2];
    const means = columns.map(
      (k) => rows.reduce((sum, row) => sum + values[row * DIMENSION + k]!, 0) / rows.length,
    );
    return rows.map((row) => {
      const centred = columns.map((k) => values[row * DIMENSION + k]! - means[k]!);
      const length = Math.sqrt(centred.reduce((sum, value) => sum + value ** 2, 1e-6));
      return centred.map((value) => value / length);
    });
  };
  const [a, b] = [directions(shared), directions(own)];
  let total = 0;
  for (let i = 0; i < DIMENSION; i += 1) {
    for (let j = 0; j < DIMENSION; j += 1) {
      total += a.reduce((sum, row, index) => sum + row[i]! * b[index]![j]!, 0) ** 2;
    }
  }
  return total / rows.length ** 2;
}

const rowsOf = (values: Tensor) => reshape<Rank.R2>(values, [ROWS, DIMENSION]);

const difference = (shared: Tensor, own: Tensor, present: readonly number[]) =>
  differenceLoss({ shared: rowsOf(shared), private: rowsOf(own) }, tensor1d([...present]));

beforeAll(useCpuBackend);

describe("differenceLoss()", () => {
  test.each([
    ["all rows", ALL],
    ["missing rows", SOME],
  ])("has value and gradients of its definition: %s", (name, present) => {
    const [value = Number.NaN] = valuesOf(() =>
      difference(tensor1d(SHARED), tensor1d(OWN), present),
    );
    expect(value).toBeCloseTo(direct(SHARED, OWN, present), 6);
    const byShared = valuesOf(() =>
      grad((shared: Tensor) => difference(shared, tensor1d(OWN), present))(tensor1d(SHARED)),
    );
    const byOwn = valuesOf(() =>
      grad((own: Tensor) => difference(tensor1d(SHARED), own, present))(tensor1d(OWN)),
    );
    const error = Math.max(
      distance(
        byShared,
        centralDifferences((x) => direct(x, OWN, present), SHARED, 1e-5),
      ),
      distance(
        byOwn,
        centralDifferences((x) => direct(SHARED, x, present), OWN, 1e-5),
      ),
    );
    expectWithin(error, {
      section: "Multimodal",
      quantity: `difference of shared and private parts, gradients, ${name}`,
      formula: "∂/∂Hₛ and ∂/∂Hₚ of ‖HₛᵀHₚ‖²_F/n²",
      reference: "central differences in binary64, h = 1e-5",
      tolerance: 1e-6,
    });
  });

  test("is 0 where the parts vary by turns, 1 where both are one line", () => {
    const line = tensor2d([[1], [-1], [1], [-1]]);
    const other = tensor2d([[1], [1], [-1], [-1]]);
    const of = (shared: typeof line, own: typeof line) =>
      valuesOf(() => differenceLoss({ shared, private: own }, tensor1d([1, 1, 1, 1])))[0];
    expect(of(line, other)).toBeCloseTo(0, 12);
    expect(of(line, line)).toBeCloseTo(1, 5);
  });

  test("does not depend on where a part lies, and is 0 without rows or with one", () => {
    const at = (shift: number, present = ALL) =>
      valuesOf(() =>
        difference(tensor1d(SHARED.map((value) => value + shift)), tensor1d(OWN), present),
      )[0]!;
    expect(at(3)).toBeCloseTo(at(0), 5);
    expect(at(0, [0, 0, 0, 0, 0, 0, 0])).toBe(0);
    expect(at(0, [0, 1, 0, 0, 0, 0, 0])).toBe(0);
  });
});

describe("reconstructionLoss()", () => {
  test("sends its gradient to what is reconstructed and none to the features", () => {
    const byFeatures = valuesOf(() =>
      grad((u: Tensor) =>
        reconstructionLoss(rowsOf(u), { reconstruction: rowsOf(tensor1d(OWN)) }, tensor1d(SOME)),
      )(tensor1d(SHARED)),
    );
    expect(byFeatures.every((value) => value === 0)).toBe(true);
    const gradient = valuesOf(() =>
      grad((u: Tensor) =>
        reconstructionLoss(rowsOf(tensor1d(SHARED)), { reconstruction: rowsOf(u) }, tensor1d(SOME)),
      )(tensor1d(OWN)),
    );
    // 2(û − u)/(n·d) in closed form.
    const expected = OWN.map(
      (value, index) =>
        (SOME[Math.floor(index / DIMENSION)]! * 2 * (value - SHARED[index]!)) / (5 * DIMENSION),
    );
    expect(distance(gradient, expected)).toBeLessThan(1e-6);
  });
});
