import { describe, expect, test } from "vitest";
import type { LayerFigures } from "../../../core/protocol/panel/compare.ts";
import { layerChanges, layerFigures } from "../../../core/runs/layer-changes.ts";
import { layerRow } from "../../webview/run-state.ts";

const figures = (changes: Partial<LayerFigures> = {}): LayerFigures => ({
  norm: 2,
  zeroFraction: 0.1,
  isPenalised: true,
  ...changes,
});

describe("layerChanges()", () => {
  test("puts the biggest change first and what only one run has last", () => {
    const other = new Map([
      ["same", figures()],
      ["norm", figures()],
      ["zeros", figures()],
      ["dead", figures({ deadUnits: 0, units: 10 })],
      ["old", figures()],
      ["broken", figures()],
    ]);
    const run = new Map([
      ["new", figures()],
      ["same", figures()],
      ["norm", figures({ norm: 1.5 })],
      ["zeros", figures({ zeroFraction: 0.5 })],
      ["dead", figures({ deadUnits: 3, units: 10 })],
      ["broken", figures({ norm: Number.NaN })],
    ]);
    const changes = layerChanges(run, other);
    expect(changes.map(({ layer }) => layer)).toEqual([
      "broken",
      "zeros",
      "dead",
      "norm",
      "same",
      "new",
      "old",
    ]);
    expect(changes.at(-2)?.other).toBeUndefined();
    expect(changes.at(-1)?.run).toBeUndefined();
  });

  test("takes two layers of zeros for equal", () => {
    const zero = new Map([["a", figures({ norm: 0, zeroFraction: 1 })]]);
    expect(layerChanges(zero, zero)).toHaveLength(1);
  });
});

describe("layerFigures()", () => {
  test("takes shares of a row, and no norm of what is not finite", () => {
    expect(layerFigures(layerRow("a", { zeros: 5, deadUnits: 1, units: 5 }))).toEqual({
      norm: 3,
      zeroFraction: 0.25,
      isPenalised: true,
      deadUnits: 1,
      units: 5,
    });
    expect(layerFigures(layerRow("a", { nonFinite: 1, penalty: "", count: 0 }))).toEqual({
      norm: Number.NaN,
      zeroFraction: 0,
      isPenalised: false,
    });
  });
});
