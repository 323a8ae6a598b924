import { describe, expect, test } from "vitest";
import { placeLabels, pointNear, readOut } from "../../../webview/src/layout/line-end-labels.ts";
import { lossFigure } from "../../../webview/src/layout/loss-figure.ts";
import { moveCursor } from "../../../webview/src/layout/move-cursor.ts";
import { curveContext, series } from "../run-state.ts";

const figure = lossFigure(
  curveContext({
    "train/loss": series([0, 10, 20], [4, 2, 1]),
    "validation/loss": series([0, 20], [4, 1.1]),
  }),
);
if (figure === undefined) throw new TypeError("The metrics hold no loss");
const toY = (value: number) => 100 - value * 20;

describe("placeLabels()", () => {
  test("stands at the lines' ends, pushed apart, and remembers where the lines end", () => {
    const placed = placeLabels(figure, { toY, plotHeight: 100, lastX: 20 });
    expect(placed.map(({ text, anchor }) => [text, anchor])).toEqual([
      ["1.000", 80],
      ["1.100", 78],
    ]);
    const [total, validation] = placed;
    expect((total?.y ?? 0) - (validation?.y ?? 0)).toBeCloseTo(14, 9);
  });

  test("reads the value at the right edge of a zoom", () => {
    const [total] = placeLabels(figure, { toY, plotHeight: 100, lastX: 10 });
    expect(total).toMatchObject({ text: "2.000", anchor: 60 });
  });
});

test("readOut() is the nearest measured value", () => {
  const [label] = figure.labels;
  if (label === undefined) throw new TypeError("The figure has no label");
  expect([0, 6, 14, 99].map((x) => readOut(label, x))).toEqual([
    "4.000",
    "2.000",
    "2.000",
    "1.000",
  ]);
});

test("pointNear() knows no point where the value is no number", () => {
  const points = { x: Float64Array.of(0, 10), y: Float64Array.of(1, Number.NaN) };
  expect(pointNear(points, 2)).toEqual({ x: 0, y: 1 });
  expect(pointNear(points, 9)).toBeUndefined();
});

describe("moveCursor()", () => {
  const measured = Float64Array.from({ length: 121 }, (_, index) => index * 10);
  const axis = { range: [0, 1200], epochLength: 100 } as const;

  test.each([
    ["ArrowRight", false, undefined, 0],
    ["ArrowLeft", false, undefined, 1200],
    ["ArrowRight", false, 500, 520],
    ["ArrowLeft", false, 500, 480],
    ["ArrowRight", true, 500, 600],
    ["ArrowRight", false, 1200, 1200],
    ["Home", false, 500, 0],
    ["End", false, 500, 1200],
    ["Escape", false, 500, undefined],
    ["a", false, 500, "ignored"],
  ])("%s, shift %s, from %s to %s", (key, isShift, from, to) => {
    expect(moveCursor(measured, from, { key, isShift }, axis)).toBe(to);
  });

  test("moves on where points lie further apart than a stride", () => {
    const sparse = Float64Array.of(0, 600, 1200);
    expect(moveCursor(sparse, 0, { key: "ArrowRight", isShift: false }, axis)).toBe(600);
  });
});
