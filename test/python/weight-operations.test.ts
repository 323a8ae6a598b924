import { beforeAll, expect, test } from "vitest";
import { clipWeights } from "../../trainer/src/weight-operations/clip-weights.ts";
import { cubicSparsity } from "../../trainer/src/weight-operations/cubic-sparsity.ts";
import {
  largestMagnitude,
  smallestMasks,
  thresholdMask,
} from "../../trainer/src/weight-operations/magnitude-mask.ts";
import { roundHalfEven } from "../../trainer/src/weight-operations/round-half-even.ts";
import { twoOfFourMask } from "../../trainer/src/weight-operations/two-of-four-mask.ts";
import { expectWithin } from "../support/expect-within.ts";
import { randomWeights } from "../support/random-weights.ts";
import { distance } from "../support/tensor-values.ts";
import { describeWithPython, runPython } from "./run-python.ts";

/** Rounded to a tenth, so that there are many ties and some zeros. */
const coarse = (name: string, size: number) =>
  Float32Array.from(randomWeights(name, [size]), (value) => Math.round(value * 10) / 10);
const TENSORS = [coarse("a", 37), coarse("b", 64), coarse("c", 5)];
const MATRIX = coarse("matrix", 8 * 6);
const AMOUNTS = [0, 0.1, 0.25, 0.5, 0.9, 1];
const HALVES = [0, 0.5, 1.5, 2.5, 3.5, 2.4999, 2.5001, 1e6 + 0.5];
const SHARE = 0.3;
const CUBIC = [0.9, 20, 120] as const;
const STEPS = [0, 20, 21, 45, 70, 119, 120, 500];

interface Reference {
  readonly layer: readonly (readonly (readonly number[])[])[];
  readonly global: readonly (readonly (readonly number[])[])[];
  readonly twoOfFour: readonly number[];
  readonly clipped: readonly number[];
  readonly retained: readonly number[];
  readonly rounded: readonly number[];
  readonly cubic: readonly number[];
}

/** Number of places where two masks differ. */
function differences(found: readonly Uint8Array[], expected: readonly (readonly number[])[]) {
  return found.reduce(
    (sum, mask, index) =>
      sum + mask.filter((bit, place) => bit !== expected[index]?.[place]).length,
    0,
  );
}

describeWithPython("weight operations against NumPy", () => {
  let reference: Reference;
  beforeAll(() => {
    const rows = Array.from({ length: 8 }, (_, row) => [...MATRIX.subarray(6 * row, 6 * row + 6)]);
    reference = runPython("weight_operations.py", {
      tensors: TENSORS.map((values) => [...values]),
      matrix: rows,
      amounts: AMOUNTS,
      halves: HALVES,
      share: SHARE,
      cubic: CUBIC,
      steps: STEPS,
    }) as Reference;
  });
  const joined = Float32Array.from(TENSORS.flatMap((values) => [...values]));
  const bound = Math.fround(SHARE * largestMagnitude(TENSORS));

  test.each(AMOUNTS.map((amount, index) => [amount, index] as const))(
    "removes the same weights as prune.l1_unstructured and global_unstructured at %s",
    (amount, index) => {
      const layer = TENSORS.flatMap((values) => smallestMasks([values], amount));
      for (const [scope, found, expected] of [
        ["layer", layer, reference.layer[index] ?? []],
        ["global", smallestMasks(TENSORS, amount), reference.global[index] ?? []],
      ] as const) {
        expectWithin(differences(found, expected), {
          section: "Weight operations",
          quantity: `magnitude pruning, ${scope}, ${amount}: weights that differ`,
          formula: "the round(amount·n) smallest |w|, halves to even, ties by index",
          reference: "numpy.argsort, stable",
          tolerance: 0,
        });
      }
    },
  );

  test("removes two of every four along the inputs", () => {
    const mask = twoOfFourMask(MATRIX, [8, 6]) ?? new Uint8Array();
    expectWithin(differences([mask], [reference.twoOfFour]) + Math.abs(mask.length - 48), {
      section: "Weight operations",
      quantity: "2:4 pruning: weights that differ",
      formula: "the two smallest |w| of every four inputs, ties by index",
      reference: "numpy.argsort, stable",
      tolerance: 0,
    });
  });

  test("clips and retains at share·max|w|", () => {
    const mask = thresholdMask(joined, bound);
    const retained = Array.from(joined, (weight, index) => weight * (mask[index] ?? 0));
    for (const [quantity, found, expected, formula] of [
      [
        "clipping",
        [...clipWeights(joined, bound)],
        reference.clipped,
        "sign(w)·min(|w|, share·max|w|)",
      ],
      ["retention", retained, reference.retained, "w where |w| ≥ share·max|w|, else 0"],
    ] as const) {
      expectWithin(distance(found, expected), {
        section: "Weight operations",
        quantity,
        formula,
        reference: "numpy.clip, numpy.where",
        tolerance: 0,
      });
    }
  });

  test("counts as Python's round does", () => {
    expect(HALVES.map(roundHalfEven)).toEqual(reference.rounded);
  });

  test("lets the sparsity rise by the cubic curve", () => {
    const found = STEPS.map((step) =>
      cubicSparsity(CUBIC[0], { start: CUBIC[1], end: CUBIC[2] }, step),
    );
    expectWithin(distance(found, reference.cubic), {
      section: "Weight operations",
      quantity: "cubic sparsity schedule",
      formula: "f·(1 − (1 − (t − t₀)/(t₁ − t₀))³)",
      reference: "Python float64",
      tolerance: 1e-12,
    });
  });
});
