import { describe, expect, test } from "vitest";
import { f1 } from "../../../core/measures/f1.ts";

const classes = (...values: readonly number[]) => Int32Array.from(values);

describe("f1", () => {
  test("averages the classes' scores in three ways", () => {
    // Class 0: TP 1, FP 1, FN 1 → ½. Class 1: TP 2, FP 1, FN 0 → 0.8. Class 2: TP 0, FN 1, FP 0 → 0.
    const found = f1(classes(0, 0, 1, 1, 2), classes(0, 1, 1, 1, 0));
    expect(found.macro).toBeCloseTo((0.5 + 0.8 + 0) / 3, 14);
    expect(found.weighted).toBeCloseTo((2 * 0.5 + 2 * 0.8 + 0) / 5, 14);
    expect(found.micro).toBeCloseTo(3 / 5, 14);
  });

  test("counts a class that is only predicted, and none that never occurs", () => {
    expect(f1(classes(0, 0), classes(0, 7))).toEqual({ macro: 1 / 3, micro: 0.5, weighted: 2 / 3 });
    expect(f1(classes(3, 3), classes(3, 3))).toEqual({ macro: 1, micro: 1, weighted: 1 });
  });

  test("knows nothing of no rows, and refuses lengths that differ", () => {
    expect(f1(classes(), classes()).macro).toBeNaN();
    expect(() => f1(classes(1), classes())).toThrow("0 predictions of 1 labels");
  });
});
