import { expect, test } from "vitest";
import { layerPlaces } from "../../../core/runs/layer-places.ts";

test("layerPlaces() knows the lines of a step and those of a layer", () => {
  const places = layerPlaces();
  places.add("a", { step: 20, start: 0, end: 10 });
  places.add("b", { step: 20, start: 11, end: 15 });
  places.add("a", { step: 10, start: 16, end: 30 });
  expect(places.steps()).toEqual([10, 20]);
  expect(places.at(20)).toEqual({ start: 0, end: 15 });
  expect(places.at(30)).toBeUndefined();
  expect(places.of("a")).toEqual([
    { step: 10, start: 16, end: 30 },
    { step: 20, start: 0, end: 10 },
  ]);
  expect(places.of("c")).toEqual([]);
  places.clear();
  expect(places.steps()).toEqual([]);
  expect(places.of("a")).toEqual([]);
});

test("of a step that was written twice the last line counts", () => {
  const places = layerPlaces();
  places.add("a", { step: 1, start: 0, end: 5 });
  places.add("a", { step: 1, start: 6, end: 9 });
  expect(places.of("a")).toEqual([{ step: 1, start: 6, end: 9 }]);
});
