import { describe, expect, test } from "vitest";
import { figureTable } from "../../../webview/src/layout/figure-table.ts";
import { SPARSITY_SCALE, sparsityFigure } from "../../../webview/src/layout/sparsity-figure.ts";
import { curveContext, runHeader } from "../run-state.ts";

const at = (fraction: number, accuracy: number | "NaN") => ({
  fraction,
  zero_fraction: fraction,
  values: { "validation/loss": 1, "validation/accuracy": accuracy, "test/accuracy": 0.5 },
});
const header = runHeader({ sparsityCurve: [at(0, 0.9), at(0.8, 0.7), at(0.99, "NaN")] });

describe("sparsityFigure()", () => {
  test("draws accuracy over the share that was removed, validation dashed", () => {
    const figure = sparsityFigure(curveContext({}, { header }));
    expect(figure?.lines.map(({ id, isDashed }) => [id, isDashed])).toEqual([
      ["validation", true],
      ["test", false],
    ]);
    expect(figure?.lines[0]?.points).toEqual({
      x: Float64Array.of(0, 0.8, 0.99),
      y: Float64Array.of(0.9, 0.7, Number.NaN),
    });
  });

  test("is a table too", () => {
    const figure = sparsityFigure(curveContext({}, { header }));
    const table = figure && figureTable(figure, SPARSITY_SCALE);
    expect(table?.columns).toEqual(["Pruned", "validation", "test"]);
    expect(table?.rows[1]).toEqual(["80%", "0.700", "0.500"]);
  });

  test("is absent where no weights were removed", () => {
    expect(sparsityFigure(curveContext({}))).toBeUndefined();
  });
});
