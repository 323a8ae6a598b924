import { describe, expect, test } from "vitest";
import { changeOf, missingSentence } from "../../../../core/weights/difference/change-row.ts";

const DIFFERENCE = {
  name: "w",
  change: "values" as const,
  shape: [2],
  dtype: "float32",
  dtypeBefore: "float16",
  count: 2,
  distance: 1,
  relative: 0.5,
  maxAbs: 1,
  cosine: 0.9,
  equal: 1,
  zerosGained: 1,
  zerosLost: 0,
  nonFinite: 0,
};

describe("changeOf()", () => {
  test("keeps what can be shown of a difference", () => {
    const change = { maxAbs: 1, equal: 1, zerosGained: 1, zerosLost: 0 };
    expect(changeOf(DIFFERENCE)).toEqual({ change: { ...change, relative: 0.5, cosine: 0.9 } });
    const toZero = { ...DIFFERENCE, relative: Number.POSITIVE_INFINITY, cosine: Number.NaN };
    expect(changeOf(toZero)).toEqual({ change });
  });

  test.each([
    [{ name: "w", change: "added" as const, shape: [1] }, { changeNote: "only here" }],
    [
      { name: "w", change: "shape" as const, shape: [1], shapeBefore: [2, 3] },
      { changeNote: "was 2 × 3" },
    ],
    [
      { name: "w", change: "shape" as const, shape: [1], shapeBefore: [] },
      { changeNote: "was scalar" },
    ],
    [{ name: "w", change: "unread" as const, problem: "damaged" }, { changeNote: "unread" }],
    [{ name: "w", change: "missing" as const, shapeBefore: [1] }, {}],
  ])("says of %j what became of it", (tensor, row) => expect(changeOf(tensor)).toEqual(row));
});

test("missingSentence() names some of the tensors that only the other file has", () => {
  expect(missingSentence([], "b.pt")).toBeUndefined();
  expect(missingSentence(["x", "y"], "b.pt")).toBe("Only in b.pt: `x`, `y`");
  expect(missingSentence([..."abcdefg"], "b.pt")).toBe(
    "Only in b.pt: `a`, `b`, `c`, `d`, `e` and 2 more",
  );
});
