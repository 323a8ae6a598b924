import { describe, expect, test } from "vitest";
import { lambdaAxis, nearestPlace } from "../../../webview/src/layout/lambda-axis.ts";

describe("lambdaAxis", () => {
  test("places λ by their logarithm from the left end to the right", () => {
    const { places, ticks } = lambdaAxis([1, 0.1, 0.01], 8);
    expect(places[0]).toBeCloseTo(1, 12);
    expect(places[1]).toBeCloseTo(0.5, 12);
    expect(places[2]).toBeCloseTo(0, 12);
    expect(ticks.map(({ text }) => text)).toEqual(["10⁻²", "0.1", "1"]);
  });

  test("keeps λ = 0 left of all others, apart from them", () => {
    const { places, ticks } = lambdaAxis([1, 0.1, 0], 8);
    expect(places[2]).toBe(0);
    expect(places[1]).toBeGreaterThan(0.1);
    expect(places[0]).toBe(1);
    expect(ticks[0]).toEqual({ place: 0, text: "0" });
  });

  test.each([[[0.5]], [[0]], [[0, 0]]])(
    "puts %j in the middle where there is no range",
    (lambdas) => {
      expect(lambdaAxis(lambdas, 8).places).toEqual(lambdas.map(() => 0.5));
    },
  );
});

test("nearestPlace() finds the λ that a pointer is over", () => {
  const places = [1, 0.5, 0];
  expect(nearestPlace(places, 0.8)).toBe(0);
  expect(nearestPlace(places, 0.7)).toBe(1);
  expect(nearestPlace(places, -3)).toBe(2);
});
