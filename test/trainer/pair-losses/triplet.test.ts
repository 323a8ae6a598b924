import { grad, type Rank, reshape, type Tensor, tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { triplet } from "../../../trainer/src/pair-losses/triplet.ts";
import { createRandom } from "../../../trainer/src/random.ts";
import { expectWithin } from "../../support/expect-within.ts";
import {
  centralDifferences,
  distance,
  useCpuBackend,
  valuesOf,
} from "../../support/tensor-values.ts";
import { unitRows } from "../../support/unit-rows.ts";

const [ROWS, DIMENSION] = [6, 3];
const ALL = [1, 1, 1, 1, 1, 1];
const MINING = ["all", "semi_hard", "hardest"] as const;
type Mining = (typeof MINING)[number];

const rowsOf = (name: string) => unitRows(createRandom(2, name), ROWS, DIMENSION);
const [A, B] = [rowsOf("a"), rowsOf("b")];
const MARGIN = 0.7;

/** One direction by its definition, in binary64. */
function oneWay(
  a: readonly number[],
  b: readonly number[],
  present: readonly number[],
  mining: Mining,
) {
  const rows = present.flatMap((isThere, row) => (isThere === 1 ? [row] : []));
  const d = (i: number, j: number) =>
    Math.hypot(...[0, 1, 2].map((k) => a[i * DIMENSION + k]! - b[j * DIMENSION + k]! + 1e-6));
  const losses = rows.flatMap((i) => {
    const others = rows.filter((j) => j !== i);
    const nearest = Math.min(...others.map((j) => d(i, j)));
    const counted = others.filter((j) => {
      if (mining === "all") return true;
      if (mining === "hardest") return d(i, j) === nearest;
      return d(i, i) < d(i, j) && d(i, j) < d(i, i) + MARGIN;
    });
    return counted.map((j) => Math.max(0, d(i, i) - d(i, j) + MARGIN));
  });
  return losses.length === 0 ? 0 : losses.reduce((sum, value) => sum + value, 0) / losses.length;
}

const direct = (a: readonly number[], present: readonly number[], mining: Mining) =>
  (oneWay(a, B, present, mining) + oneWay(B, a, present, mining)) / 2;

const of = (a: Tensor, present: readonly number[], mining: Mining) =>
  triplet.of(
    reshape<Rank.R2>(a, [ROWS, DIMENSION]),
    tensor2d(B, [ROWS, DIMENSION]),
    tensor1d([...present]),
    {
      loss: "triplet",
      weight: 1,
      margin: MARGIN,
      mining,
    },
  );

beforeAll(useCpuBackend);

describe("triplet", () => {
  test.each(
    MINING.flatMap((mining) => [
      [mining, "all rows", ALL] as const,
      [mining, "rows that are missing", [1, 0, 1, 1, 0, 1]] as const,
      [mining, "one pair, without a stranger", [0, 1, 0, 0, 0, 0]] as const,
      [mining, "no pair", [0, 0, 0, 0, 0, 0]] as const,
    ]),
  )("%s equals its definition within 1e-6: %s", (mining, _name, present) => {
    const [value = Number.NaN] = valuesOf(() => of(tensor1d(A), present, mining));
    expect(Math.abs(value - direct(A, present, mining))).toBeLessThan(1e-6);
  });

  test.each(MINING)("%s has the gradient of its definition within 1e-5", (mining) => {
    const gradient = valuesOf(() => grad((a: Tensor) => of(a, ALL, mining))(tensor1d(A)));
    const expected = centralDifferences((a) => direct(a, ALL, mining), A, 1e-5);
    expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(0.01);
    expectWithin(distance(gradient, expected), {
      section: "Multimodal",
      quantity: `triplet, gradient: ${mining}`,
      formula: "½ over both ways of mean max(0, d(a,p) − d(a,n) + margin)",
      reference: "central differences, binary64",
      tolerance: 1e-5,
    });
  });

  test("has a finite gradient where partners coincide", () => {
    const gradient = valuesOf(() => grad((a: Tensor) => of(a, ALL, "all"))(tensor1d(B)));
    expect(gradient.every(Number.isFinite)).toBe(true);
  });
});
