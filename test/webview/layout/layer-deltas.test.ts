import { describe, expect, test } from "vitest";
import type { LayerFigures } from "../../../core/protocol/panel/compare.ts";
import {
  layerDeltas,
  layerDeltaTable,
  zeroShareSlopes,
} from "../../../webview/src/layout/layer-deltas.ts";

const figures = (changes: Partial<LayerFigures> = {}): LayerFigures => ({
  norm: 2,
  zeroFraction: 0.25,
  isPenalised: true,
  ...changes,
});

describe("layerDeltas()", () => {
  test("writes both runs and the change of each measure", () => {
    const run = figures({ norm: 1.5, zeroFraction: 0.6, deadUnits: 3, units: 10 });
    const other = figures({ deadUnits: 1, units: 10 });
    expect(layerDeltas([{ layer: "fc", run, other }])).toEqual([
      {
        layer: "fc",
        norm: { other: "2.00", run: "1.50", change: "−25.0%" },
        zeros: { other: "25.0%", run: "60.0%", change: "+35.0" },
        dead: { other: "1", run: "3", change: "+2" },
      },
    ]);
  });

  test("says nothing of what has not changed or is not there", () => {
    const bias = figures({ isPenalised: false, zeroFraction: 0 });
    const [same, only] = layerDeltas([
      { layer: "same", run: bias, other: bias },
      { layer: "new", run: figures() },
    ]);
    expect(same).toMatchObject({
      norm: { change: "" },
      zeros: { other: "", run: "", change: "" },
      dead: { other: "", run: "", change: "" },
    });
    expect(only).toMatchObject({ only: "run", norm: { other: "", run: "2.00", change: "" } });
  });
});

test("layerDeltaTable() leaves cells of a missing layer empty", () => {
  const { copy } = layerDeltaTable([{ layer: "new", run: figures() }], ["b", "a"]);
  const [head, row] = copy().split("\n");
  expect(head?.split("\t")[1]).toBe("norm (a)");
  expect(row).toBe("new\t\t\t\t\t2\t0.25\t\t");
});

describe("zeroShareSlopes()", () => {
  test("shows penalised layers that both runs have, biggest change first", () => {
    const slopes = zeroShareSlopes(
      [
        {
          layer: "bias",
          run: figures({ isPenalised: false }),
          other: figures({ isPenalised: false }),
        },
        { layer: "new", run: figures() },
        { layer: "dense", run: figures({ zeroFraction: 0 }), other: figures({ zeroFraction: 0 }) },
        { layer: "less", run: figures({ zeroFraction: 0.2 }), other: figures() },
        { layer: "more", run: figures({ zeroFraction: 0.75 }), other: figures() },
        { layer: "same", run: figures(), other: figures() },
      ],
      3,
    );
    expect(slopes.map(({ layer, change, isStrong }) => [layer, change, isStrong])).toEqual([
      ["more", "+50", true],
      ["less", "−5", true],
      ["same", "0", false],
    ]);
  });
});
