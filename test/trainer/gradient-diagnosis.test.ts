import { describe, expect, test } from "vitest";
import { createGradientDiagnosis } from "../../trainer/src/gradient-diagnosis.ts";

const sample = (name: string, norm: number, size = 100) => ({ name, norm, size });

describe("createGradientDiagnosis()", () => {
  test("names a layer whose gradient is tiny beside the others' three times in a row, once", () => {
    const diagnosis = createGradientDiagnosis();
    const seen = [1, 2, 3, 4, 5].map((step) =>
      diagnosis.observe(step, [sample("deep.weight", 1e-6), sample("head.weight", 1)]),
    );
    expect(seen.map((texts) => texts.length)).toEqual([0, 0, 1, 0, 0]);
    expect(seen[2]?.[0]).toBe(
      "Vanishing gradient: deep.weight, step 3: its gradient is 1.0e-6 of the largest layer's",
    );
  });

  test("compares layers by the size of one weight's gradient, and begins anew after a good one", () => {
    const diagnosis = createGradientDiagnosis();
    const large = sample("head.weight", 1, 1);
    for (const norm of [1e-4, 1e-4, 1, 1e-4, 1e-4]) {
      expect(diagnosis.observe(1, [sample("a", norm, 1_000_000), large])).toEqual([]);
    }
    expect(diagnosis.observe(9, [sample("a", 0, 1_000_000), large])).toEqual([
      "Vanishing gradient: a, step 9: its gradient is zero",
    ]);
  });

  test("says nothing where all gradients are small, or zero: that is a minimum", () => {
    const diagnosis = createGradientDiagnosis();
    for (let step = 0; step < 5; step++) {
      expect(diagnosis.observe(step, [sample("a", 0), sample("b", 0)])).toEqual([]);
      expect(diagnosis.observe(step, [sample("a", 1e-9), sample("b", 1e-8)])).toEqual([]);
    }
  });

  test("names a layer whose norm is a hundred times the usual", () => {
    const diagnosis = createGradientDiagnosis();
    for (let step = 1; step <= 5; step++) diagnosis.observe(step, [sample("a", 2)]);
    expect(diagnosis.observe(6, [sample("a", 150)])).toEqual([]);
    expect(diagnosis.observe(7, [sample("a", 250)])).toEqual([
      "Exploding gradient: a, step 7: its norm is 2.5e+2, usual is 2.0e+0",
    ]);
    expect(diagnosis.observe(8, [sample("a", 250)])).toEqual([]);
  });

  test.each([2e6, Number.POSITIVE_INFINITY, Number.NaN])("names %s without a history", (norm) => {
    const [text] = createGradientDiagnosis().observe(1, [sample("a", norm)]);
    expect(text).toContain("Exploding gradient: a, step 1");
  });

  test("goes on from the history of another as that one would", () => {
    const first = createGradientDiagnosis();
    const samples = [1, 1, 1, 1, 250, 1e-7].map((norm) => [sample("a", norm), sample("b", 1)]);
    const rest = [1e-7, 1e-7, 300, 300].map((norm) => [sample("a", norm), sample("b", 1)]);
    for (const [step, one] of samples.entries()) first.observe(step, one);
    const second = createGradientDiagnosis(first.history());
    const expected = rest.map((one, step) => first.observe(step, one));
    expect(expected.flat().length).toBeGreaterThan(0);
    expect(rest.map((one, step) => second.observe(step, one))).toEqual(expected);
  });
});
