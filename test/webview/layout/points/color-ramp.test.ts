import { expect, test } from "vitest";
import { colorRamp } from "../../../../webview/src/layout/points/color-ramp.ts";

test("colorRamp() goes through its stops, both ends among them", () => {
  const stops = [
    [0, 0, 0],
    [100, 200, 50],
    [200, 0, 50],
  ] as const;
  expect(colorRamp(stops, 5)).toEqual([
    [0, 0, 0],
    [50, 100, 25],
    [100, 200, 50],
    [150, 100, 50],
    [200, 0, 50],
  ]);
  expect(colorRamp([], 1)).toEqual([[0, 0, 0]]);
});
