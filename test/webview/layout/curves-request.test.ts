import { describe, expect, test } from "vitest";
import { curvesRequest } from "../../../webview/src/layout/curves-request.ts";
import { initialState } from "../../../webview/src/store/panel-state.ts";
import { DEFAULT_SETTINGS } from "../../../webview/src/store/view-settings.ts";
import { runHeader, series } from "../run-state.ts";

const START = initialState(DEFAULT_SETTINGS);
const other = (key: string) => ({ key, isBaseline: false, header: runHeader() });

describe("curvesRequest()", () => {
  test("asks for the whole axis, or for what is zoomed to", () => {
    expect(curvesRequest(START, { width: 1280, ratio: 2 })).toEqual({
      type: "curves/window",
      axis: "step",
      width: 1536,
      smoothing: 0.6,
      others: [],
      metrics: [],
    });
    const zoomed = { ...START, settings: { ...START.settings, zoom: [3, 8] as const } };
    expect(curvesRequest(zoomed, { width: 480, ratio: 1 })).toMatchObject({
      from: 3,
      to: 8,
      width: 512,
    });
  });

  test("asks of other runs for what is drawn, and for no hidden run", () => {
    const names = [
      "train/loss",
      "train/penalty",
      "validation/accuracy",
      "weights/fc/l1",
      "weights/fc/l2",
      "weights/fc/gradient_norm",
    ];
    const request = curvesRequest(
      {
        ...START,
        others: [other("/b"), other("/c")],
        series: new Map(names.map((name) => [name, series([0], [1])])),
        settings: { ...START.settings, hiddenRuns: ["/c"] },
      },
      { width: 1000, ratio: 1 },
    );
    expect(request.others).toEqual(["/b"]);
    expect(request.metrics).toEqual([
      "train/loss",
      "validation/loss",
      "validation/data_loss",
      "gap/loss",
      "gap/data_loss",
      "validation/accuracy",
      "weights/fc/l1",
      "weights/fc/gradient_norm",
    ]);
  });
});
