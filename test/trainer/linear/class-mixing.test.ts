import { describe, expect, test } from "vitest";
import { createMixing } from "../../../trainer/src/linear/class-mixing.ts";
import { distance } from "../../support/tensor-values.ts";

/** w ← Aw + b by the rates of A on its diagonal, with the fixed point b/(1 − a). */
const RATES = [0.9, 0.7, -0.5, 0.2];
const SHIFT = [1, 2, 3, 4];
const FIXED = SHIFT.map((b, j) => b / (1 - RATES[j]!));
const image = (w: Float64Array) => w.map((value, j) => RATES[j]! * value + SHIFT[j]!);
const START = Float64Array.of(1, 1, 1, 1);

describe("createMixing()", () => {
  test("reaches the fixed point of a linear iteration in as many steps as it has rates, and one", () => {
    const mixing = createMixing();
    let w: Float64Array = START;
    const errors = Array.from({ length: 6 }, () => {
      w = mixing.ahead(w, image(w)) ?? image(w);
      return distance([...w], FIXED);
    });
    expect(errors[3]).toBeGreaterThan(1e-3);
    expect(errors[4]).toBeLessThan(1e-9);
    // By itself it would be as near as this after two hundred steps.
    const alone = Array.from({ length: 200 }).reduce<Float64Array>(image, START);
    expect(distance([...alone], FIXED)).toBeGreaterThan(1e-9);
  });

  test("has nothing to say at the first step, nor at the first after it has forgotten", () => {
    const mixing = createMixing();
    expect(mixing.ahead(START, image(START))).toBeUndefined();
    expect(mixing.ahead(image(START), image(image(START)))).toBeDefined();
    mixing.forget();
    expect(mixing.ahead(START, image(START))).toBeUndefined();
  });

  test("keeps zeros and signs of the step", () => {
    const mixing = createMixing();
    mixing.ahead(Float64Array.of(4, 0, 1), Float64Array.of(3, 0, 0.5));
    const point = mixing.ahead(Float64Array.of(3, 0, 0.5), Float64Array.of(2.5, 0, 0.2));
    // The combination takes 31/29 times the last change: 2.5 − 0.534, 0 and 0.2 − 0.321.
    expect(point?.[0]).toBeCloseTo(2.5 - (0.5 * 31) / 29, 12);
    expect(point?.[1]).toBe(0);
    expect(point?.[2]).toBe(0.2);
  });

  test("stands still where the iteration does, and has no say where numbers overflow", () => {
    const mixing = createMixing();
    mixing.ahead(START, START);
    expect(mixing.ahead(START, START)).toBeUndefined();
    const endless = Float64Array.of(1e200, 1, 1, 1);
    expect(mixing.ahead(START, endless)).toBeUndefined();
  });
});
