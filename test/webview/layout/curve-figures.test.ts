import { expect, test } from "vitest";
import { curveFigures } from "../../../webview/src/layout/curve-figures.ts";
import { initialState } from "../../../webview/src/store/panel-state.ts";
import { DEFAULT_SETTINGS } from "../../../webview/src/store/view-settings.ts";
import { series } from "../run-state.ts";

const flat = (value: number) => series([0, 10], [value, value]);

test("curveFigures() shows only what was logged", () => {
  const state = initialState(DEFAULT_SETTINGS);
  const figures = curveFigures({ ...state, series: new Map([["train/loss", flat(1)]]) });
  expect(figures.rows.map((row) => row.flat().map((figure) => figure.id))).toEqual([["loss"], []]);
  expect(figures.zeroShare).toEqual({ shown: [], total: 0 });
});
