import { describe, expect, test } from "vitest";
import type { WeightsDifference } from "../../../core/protocol/panel/weights.ts";
import {
  comparedGroup,
  currentDifference,
  referenceKey,
  relativeDistance,
  subtrahend,
  weightComparison,
} from "../../../webview/src/layout/weight-reference.ts";
import { initialState } from "../../../webview/src/store/panel-state.ts";
import { DEFAULT_SETTINGS } from "../../../webview/src/store/view-settings.ts";
import { layerRow, runHeader } from "../run-state.ts";

const OTHER = { key: "/w/other", isBaseline: true, header: runHeader({ name: "Other" }) };
const VALUES = { maxAbs: 2, zerosGained: 3, zerosLost: 1, nonFinite: 0 };
const DIFFERENCE: WeightsDifference = {
  step: 30,
  other: OTHER.key,
  otherStep: 25,
  otherSteps: [5, 25],
  layers: [layerRow("g.a", { l2: 4, zeros: 5 }), layerRow("g.b", { l2: 3 })],
  unmatched: [{ layer: "g.c", reason: "only in this run" }],
  values: [
    { layer: "g.a", distance: 3, ...VALUES },
    { layer: "g.b", distance: 4, ...VALUES, maxAbs: 5 },
  ],
  unread: [],
  isWhole: true,
};
const ROWS = [layerRow("g.a", { zeros: 10 }), layerRow("g.b", { zeros: 5 }), layerRow("g.c")];

function state(step: number, reference?: string) {
  return {
    ...initialState({ ...DEFAULT_SETTINGS, ...(reference === undefined ? {} : { reference }) }),
    others: [OTHER],
    weights: { steps: [10, 30], step, layers: ROWS },
    difference: DIFFERENCE,
  };
}

describe("currentDifference()", () => {
  test("is that of the run that was chosen, at the step in sight", () => {
    expect(referenceKey(state(30, OTHER.key))).toBe(OTHER.key);
    expect(currentDifference(state(30, OTHER.key))).toBe(DIFFERENCE);
  });

  test.each([
    ["no run is chosen", 30, undefined],
    ["the run is no longer shown", 30, "/w/gone"],
    ["the step is another one", 10, OTHER.key],
  ])("there is none while %s", (_name, step, key) => {
    expect(currentDifference(state(step, key))).toBeUndefined();
  });
});

test("subtrahend() names the other run's step for layers that match", () => {
  expect(subtrahend(DIFFERENCE, "g.a")).toEqual({ other: OTHER.key, step: 25 });
  expect(subtrahend(DIFFERENCE, "g.c")).toBeUndefined();
  expect(subtrahend(undefined, "g.a")).toBeUndefined();
});

describe("comparedGroup()", () => {
  test("takes matched layers as one tensor", () => {
    const group = comparedGroup(ROWS, weightComparison(DIFFERENCE));
    expect(group?.row).toMatchObject({ count: 40, zeros: 15 });
    expect(group?.compared.other).toMatchObject({ count: 40, zeros: 5, l2: 5 });
    expect(group?.compared.values).toMatchObject({
      distance: 5,
      maxAbs: 5,
      zerosGained: 6,
      zerosLost: 2,
    });
    expect(group && relativeDistance(group.compared)).toBe(1);
  });

  test("has no values until all of them are read, and nothing where nothing matches", () => {
    const comparison = weightComparison({ ...DIFFERENCE, values: DIFFERENCE.values.slice(1) });
    expect(comparedGroup(ROWS, comparison)?.compared.values).toBeUndefined();
    expect(comparedGroup(ROWS.slice(2), comparison)).toBeUndefined();
  });
});

test.each([
  [3, 6, 0.5],
  [0, 0, 0],
  [1, 0, Number.POSITIVE_INFINITY],
])("relativeDistance() of %d to a norm of %d is %d", (distance, l2, relative) => {
  const values = { layer: "a", distance, ...VALUES };
  expect(relativeDistance({ other: layerRow("a", { l2 }), values })).toBe(relative);
});
