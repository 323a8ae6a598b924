import { grad, type Rank, reshape, type Tensor, tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { sigmoid } from "../../../trainer/src/pair-losses/sigmoid.ts";
import { createRandom } from "../../../trainer/src/random.ts";
import {
  centralDifferences,
  distance,
  useCpuBackend,
  valuesOf,
} from "../../support/tensor-values.ts";
import { unitRows } from "../../support/unit-rows.ts";

const [ROWS, DIMENSION] = [5, 3];
const SETTINGS = { loss: "sigmoid", weight: 1, temperature: 0.5, bias: -1 } as const;

const rowsOf = (name: string) => unitRows(createRandom(1, name), ROWS, DIMENSION);
const [A, B] = [rowsOf("a"), rowsOf("b")];
const ALL = [1, 1, 1, 1, 1];

/** −1/n Σᵢⱼ log σ(y·z) by its definition, in binary64, over the rows that are present. */
function direct(
  a: readonly number[],
  b: readonly number[],
  present: readonly number[],
  { temperature: tau, bias } = SETTINGS as { temperature: number; bias: number },
) {
  const rows = present.flatMap((isThere, row) => (isThere === 1 ? [row] : []));
  let sum = 0;
  for (const i of rows) {
    for (const j of rows) {
      const dot = [0, 1, 2].reduce(
        (total, k) => total + a[i * DIMENSION + k]! * b[j * DIMENSION + k]!,
        0,
      );
      const z = (i === j ? 1 : -1) * (dot / tau + bias);
      sum += Math.log1p(Math.exp(-z));
    }
  }
  return rows.length === 0 ? 0 : sum / rows.length;
}

const loss = (
  present: readonly number[],
  settings: { temperature: number; bias: number } = SETTINGS,
) =>
  valuesOf(() =>
    sigmoid.of(
      tensor2d(A, [ROWS, DIMENSION]),
      tensor2d(B, [ROWS, DIMENSION]),
      tensor1d([...present]),
      {
        ...SETTINGS,
        ...settings,
      },
    ),
  )[0]!;

beforeAll(useCpuBackend);

describe("sigmoid", () => {
  test.each([
    ["all rows", ALL, SETTINGS],
    ["the start of SigLIP", ALL, { temperature: 0.1, bias: -10 }],
    ["rows that are missing", [1, 0, 1, 0, 1], SETTINGS],
    ["one pair", [0, 0, 1, 0, 0], SETTINGS],
    ["no pair", [0, 0, 0, 0, 0], SETTINGS],
  ])("equals its definition for %s", (_name, present, settings) => {
    const expected = direct(A, B, present, settings);
    expect(Math.abs(loss(present, settings) - expected)).toBeLessThan(1e-6 * Math.max(1, expected));
  });

  test("stays finite where the logits are huge", () => {
    expect(loss(ALL, { temperature: 1e-4, bias: 0 })).toBeGreaterThan(100);
    expect(Number.isFinite(loss(ALL, { temperature: 1e-4, bias: 0 }))).toBe(true);
  });

  test.each([
    ["all rows", ALL],
    ["missing rows", [1, 0, 1, 1, 0]],
  ])("has the gradient of its definition: %s", (_name, present) => {
    const gradient = valuesOf(() =>
      grad((a: Tensor) =>
        sigmoid.of(
          reshape<Rank.R2>(a, [ROWS, DIMENSION]),
          tensor2d(B, [ROWS, DIMENSION]),
          tensor1d([...present]),
          SETTINGS,
        ),
      )(tensor1d(A)),
    );
    expect(
      distance(
        gradient,
        centralDifferences((a) => direct(a, B, present), A, 1e-5),
      ),
    ).toBeLessThan(1e-6);
  });

  test("is only ever given its own settings", () => {
    const wrong = { loss: "info_nce", weight: 1, temperature: 1 } as const;
    const one = () => sigmoid.of(tensor2d([[1]]), tensor2d([[1]]), tensor1d([1]), wrong);
    expect(one).toThrow("Cannot take info_nce as sigmoid");
  });
});
