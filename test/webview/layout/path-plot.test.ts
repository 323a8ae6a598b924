import { expect, test } from "vitest";
import { pathPlot } from "../../../webview/src/layout/path-plot.ts";

test("pathPlot() gives two charts of one width the same x for a λ, whatever their heights", () => {
  const lambdas = [1, 0.1, 0.01];
  const upper = pathPlot(lambdas, { width: 800, height: 400 }, { head: 24, foot: 20 });
  const lower = pathPlot(lambdas, { width: 800, height: 250 }, { head: 42, foot: 42 });
  expect(lower.xs).toEqual(upper.xs);
  expect(upper.xs[0]).toBeCloseTo(upper.right, 9);
  expect(upper.xs[2]).toBeCloseTo(upper.left, 9);
  expect(lower.bottom).toBe(208);
});
