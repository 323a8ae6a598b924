import { describe, expect, test } from "vitest";
import { splitHoldout } from "../../trainer/src/split.ts";

const LABELS = Int32Array.from({ length: 601 }, (_, row) =>
  row % 7 === 0 ? 1 : row % 5 === 0 ? 2 : 0,
);
const SPLIT = { method: "holdout", validation: 0.2, test: 0.25, stratify: true, seed: 7 } as const;

describe("splitHoldout", () => {
  test("puts every row in exactly one part, of the size that was asked for", () => {
    const { train, validation, test: rest } = splitHoldout(LABELS, SPLIT);
    expect([validation.length, rest.length]).toEqual([120, 150]);
    const all = [...train, ...validation, ...rest].toSorted((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 601 }, (_, row) => row));
  });

  test("keeps each class's share in every part, give or take one row per cut", () => {
    const split = splitHoldout(LABELS, SPLIT);
    for (const label of [0, 1, 2]) {
      const share = LABELS.filter((value) => value === label).length / LABELS.length;
      for (const rows of [split.train, split.validation, split.test]) {
        const count = rows.filter((row) => LABELS[row] === label).length;
        expect(Math.abs(count - share * rows.length)).toBeLessThanOrEqual(2);
      }
    }
  });

  test("depends on the seed and on nothing else", () => {
    expect(splitHoldout(LABELS, SPLIT)).toEqual(splitHoldout(LABELS, SPLIT));
    expect(splitHoldout(LABELS, { ...SPLIT, seed: 8 })).not.toEqual(splitHoldout(LABELS, SPLIT));
    expect(splitHoldout(LABELS, { ...SPLIT, stratify: false }).test).not.toEqual(
      splitHoldout(LABELS, SPLIT).test,
    );
  });

  test("trains on every row when no part is set aside", () => {
    const { train, validation } = splitHoldout(LABELS, { ...SPLIT, validation: 0, test: 0 });
    expect([train.length, validation.length]).toEqual([601, 0]);
  });
});
