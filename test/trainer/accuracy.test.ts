import { describe, expect, test } from "vitest";
import { accuracy } from "../../trainer/src/accuracy.ts";

const LABELS = Int32Array.of(0, 1, 1);
/** Rows 0 and 1 right, row 2 wrong but unsure. */
const UNSURE = { output: Float32Array.of(3, 0, 0, 2, 0.1, 0), present: Uint8Array.of(1, 1, 1) };
/** Row 2 right and sure; row 1 wrong but unsure; nothing of row 0. */
const SURE = { output: Float32Array.of(0, 9, 0.1, 0, 0, 900), present: Uint8Array.of(0, 1, 1) };

describe("accuracy", () => {
  test.each([
    ["one modality", [UNSURE], 2 / 3],
    ["a modality that lacks a row", [SURE], 1 / 2],
    ["two modalities, where log-probabilities add up and the surer one wins", [UNSURE, SURE], 1],
    [
      "equal logits, where the first class counts",
      [{ output: new Float32Array(6), present: Uint8Array.of(1, 1, 1) }],
      1 / 3,
    ],
  ])("is the share of right rows for %s", (_name, modalities, expected) => {
    expect(accuracy(modalities, LABELS)).toBeCloseTo(expected, 12);
  });

  test("is NaN where no row has any modality", () => {
    expect(accuracy([{ ...UNSURE, present: new Uint8Array(3) }], LABELS)).toBeNaN();
    expect(accuracy([], LABELS)).toBeNaN();
  });
});
