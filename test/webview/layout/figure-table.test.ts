import { describe, expect, test } from "vitest";
import { figureSummary } from "../../../webview/src/layout/figure-summary.ts";
import { figureTable } from "../../../webview/src/layout/figure-table.ts";
import { lossFigure } from "../../../webview/src/layout/loss-figure.ts";
import { spectrumTable } from "../../../webview/src/layout/spectrum-table.ts";
import { curveContext, series } from "../run-state.ts";

function lossTable(metrics: Parameters<typeof curveContext>[0], limit?: number) {
  const context = curveContext(metrics, { settings: { smoothing: 0 } });
  const figure = lossFigure(context);
  if (figure === undefined) throw new TypeError("The metrics hold no loss");
  return {
    table: figureTable(figure, context.x, limit),
    summary: figureSummary(figure, context.x),
  };
}

describe("figureTable()", () => {
  test("has a row for each measured step and a blank where nothing was measured", () => {
    const { table } = lossTable({
      "train/loss": series([0, 1000], [2, Number.NaN]),
      "validation/loss": series([0, 500], [2.5, 1.5]),
    });
    expect(table.columns).toEqual(["Step", "total loss", "validation"]);
    expect(table.rows).toEqual([
      ["0", "2.000", "2.500"],
      ["500", "", "1.500"],
      ["1\u2009000", "NaN", ""],
    ]);
    expect(table.note).toBe("3 of 3 rows");
  });

  test("copies everything in full precision", () => {
    const { table } = lossTable({ "train/loss": series([0, 1], [1 / 3, 2]) });
    expect(table.copy()).toBe("step\ttotal loss\n0\t0.3333333333333333\n1\t2\n");
  });

  test("thins long tables, keeping both ends and the rare column", () => {
    const steps = Array.from({ length: 500 }, (_, index) => index);
    const { table } = lossTable(
      { "train/loss": series(steps, steps), "validation/loss": series([123, 321], [1, 2]) },
      20,
    );
    expect(table.rows.length).toBeLessThanOrEqual(20);
    expect(table.rows[0]?.[0]).toBe("0");
    expect(table.rows.at(-1)?.[0]).toBe("499");
    expect(table.rows.map(([step]) => step)).toEqual(expect.arrayContaining(["123", "321"]));
    expect(table.note).toBe(`${table.rows.length} of 500 rows`);
  });
});

test("figureSummary() says in words where each line starts and ends", () => {
  const { summary } = lossTable({ "train/loss": series([0, 40], [2, 1]) });
  expect(summary).toBe(
    "Loss, mean cross-entropy. total loss: from 2.000 at step 0 to 1.000 at step 40.",
  );
});

test("spectrumTable() counts from one", () => {
  const { rows, copy } = spectrumTable([2.5, 1]);
  expect(rows).toEqual([
    ["1", "2.50"],
    ["2", "1.00"],
  ]);
  expect(copy()).toBe("Index\tSingular value\n1\t2.5\n2\t1\n");
});
