import { expect, test } from "vitest";
import {
  matchPoints,
  pointSet,
  pointsOfRow,
} from "../../../../webview/src/layout/points/point-set.ts";
import { remapPoints } from "../../../../webview/src/layout/points/remap-points.ts";
import { VIEW } from "../../embedding-view.ts";

const POINTS = pointSet(VIEW.clouds);
const cloud = (modality: string, ...rows: number[]) => {
  return { modality, rows: Int32Array.from(rows), xy: new Float32Array(2 * rows.length) };
};

test("pointSet() lines the clouds up and bounds them", () => {
  expect([...POINTS.rows]).toEqual([0, 1, 2, 0, 2]);
  expect([...POINTS.clouds]).toEqual([0, 0, 0, 1, 1]);
  expect([...POINTS.xy.slice(6)]).toEqual([1, 1, 3, 2]);
  expect(POINTS.bounds).toEqual({ minX: 0, maxX: 4, minY: 0, maxY: 2 });
  expect(pointSet([]).bounds).toEqual({ minX: 0, maxX: 0, minY: 0, maxY: 0 });
});

test("matchPoints() finds the same item and modality, whatever their order", () => {
  const other = pointSet([cloud("audio", 2, 7), cloud("image", 2, 0), cloud("text", 0)]);
  expect([...matchPoints(POINTS, other)]).toEqual([4, -1, 2, 0, -1]);
  expect([...matchPoints(other, POINTS)]).toEqual([3, -1, 2, -1, 0]);
  expect([...matchPoints(pointSet([]), POINTS)]).toEqual([-1, -1, -1, -1, -1]);
});

test("remapPoints() keeps the selection through another picture", () => {
  const other = pointSet([cloud("audio", 2, 7), cloud("image", 2, 0)]);
  expect([...remapPoints(POINTS, other, Int32Array.of(0, 1, 4))]).toEqual([0, 3]);
});

test("pointsOfRow() finds the points of one item in every modality", () => {
  expect(pointsOfRow(POINTS, 2)).toEqual([2, 4]);
  expect(pointsOfRow(POINTS, 1)).toEqual([1]);
  expect(pointsOfRow(POINTS, 9)).toEqual([]);
});
